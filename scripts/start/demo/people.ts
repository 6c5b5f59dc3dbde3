/** Everybody in the demo has it. */
export const demoPassword = "parley-demo";

export interface Person {
  username: string;
  displayName: string;
  status: string;
  bio: string;
}

/** Whom to sign in as. */
export const demoUsers: Person[] = [
  {
    username: "ada",
    displayName: "Ada Lovelace",
    status: "Writing notes longer than the paper",
    bio: "Poetical science. Mostly Note G these days.",
  },
  {
    username: "grace",
    displayName: "Grace Hopper",
    status: "A ship in port is safe",
    bio: "Compilers, clocks that run backwards, and nanoseconds you can hold.",
  },
];

/** Whom to talk to. */
export const demoOthers: Person[] = [
  { username: "alan", displayName: "Alan Turing", status: "Can machines chat?", bio: "Runs far, thinks further." },
  {
    username: "katherine",
    displayName: "Katherine Johnson",
    status: "Checking the numbers",
    bio: "Trajectories by hand.",
  },
  { username: "edsger", displayName: "Edsger Dijkstra", status: "Looking for the shortest path", bio: "No goto." },
  { username: "radia", displayName: "Radia Perlman", status: "Spanning trees", bio: "Algorhyme and other protocols." },
];
