/** One message of the demo: who said it, how many minutes before now, what, and which earlier one it answers. */
export type Line = [who: string, minutesAgo: number, content: string, answers?: number];

const day = 24 * 60;

export interface Conversation {
  /** None for a direct room. */
  name?: string;
  description?: string;
  /** The first is the owner. */
  people: string[];
  lines: Line[];
  /** Who reacted to which line (the first is 1) with what, in this order. */
  reactions: [line: number, emoji: string, who: string][];
  /** How many of the last messages each person has not read; 0 unless said. */
  unread: Record<string, number>;
}

/** The group that launches an engine, spread over three days. */
const launch: Conversation = {
  name: "Engine room",
  description: "Everything about launch day",
  people: ["ada", "grace", "alan", "katherine", "edsger", "radia"],
  lines: [
    ["ada", 3 * day - 10, "Room's open. Launch is on Friday; let's keep everything about it here."],
    ["grace", 3 * day - 14, "Aye aye. I brought nanoseconds for everyone, 29.98 cm each 📏"],
    ["alan", 3 * day - 20, "Is this room decidable?"],
    ["edsger", 3 * day - 22, "Only if we refrain from goto."],
    [
      "katherine",
      2 * day + 310,
      "I went through the load figures by hand. They hold up to 400 people per room, then the fan-out needs a second pod.",
    ],
    ["ada", 2 * day + 302, "By hand! Could you post the working? I'd like to put it in the notes.", 5],
    ["katherine", 2 * day + 288, "Already in the notes, section 4. Two pages, one small surprise on the second."],
    ["radia", 2 * day + 240, "The surprise is that there's no loop. I looked for one all morning."],
    ["grace", 2 * day + 236, "I found a moth once. You get to like the feeling."],
    ["alan", day + 410, "I left a bot in the corner of the test room. Tell me if you can tell."],
    ["edsger", day + 395, "It uses more semicolons than you do; that gave it away.", 10],
    ["alan", day + 394, "Back to the drawing board."],
    [
      "radia",
      day + 120,
      "Failover test is done: pulled the cable on each node in turn, nobody lost a message. https://example.org/runs/118",
    ],
    ["grace", day + 115, "That's the sound of a good week 🎉"],
    [
      "ada",
      190,
      "Good morning! Checklist for today:\n1. freeze at noon\n2. Katherine signs the numbers\n3. Grace pushes the button",
    ],
    ["katherine", 176, "Numbers signed."],
    ["grace", 170, "Can I push it *before* noon? It's easier to ask forgiveness than it is to get permission.", 15],
    ["ada", 168, "You may polish it until noon."],
    ["edsger", 95, "Freeze is in. The diff since yesterday is eleven lines, all of them shorter than before."],
    ["radia", 42, "Dashboards are green. Lunch on me for whoever finds one that isn't."],
    ["alan", 18, "Button looks pushable."],
    ["grace", 6, "Ready when you are, Ada."],
  ],
  reactions: [
    [2, "😄", "ada"],
    [2, "😄", "alan"],
    [5, "👏", "ada"],
    [13, "🎉", "grace"],
    [13, "🎉", "ada"],
    [13, "👀", "edsger"],
    [19, "👍", "ada"],
    [20, "💚", "alan"],
    [20, "💚", "grace"],
    [20, "🎉", "ada"],
  ],
  unread: { ada: 2, alan: 1, katherine: 3, edsger: 3, radia: 2 },
};

/** What Ada and Grace say to each other. */
const aside: Conversation = {
  people: ["ada", "grace"],
  lines: [
    ["grace", 2 * day + 75, "Do you have five minutes for a compiler question tomorrow?"],
    ["ada", 2 * day + 70, "For you ten. After the stand-up?"],
    ["grace", 2 * day + 69, "Perfect. I'll bring tea and a very long wire."],
    ["ada", day + 200, "That was lovely. I keep thinking about your clock that runs backwards."],
    [
      "grace",
      day + 194,
      "It works fine! Only habit says which way is round. The most dangerous phrase we have is “we've always done it this way”.",
    ],
    ["ada", day + 190, "Stealing that for the talk. With your name under it."],
    ["grace", 150, "Are you nervous about today?"],
    [
      "ada",
      144,
      "A little. It can do whatever we know how to order it to perform, so it comes down to what we ordered.",
    ],
    ["grace", 141, "Then we're fine. I read your orders twice."],
    ["grace", 12, "Coffee right after we push it? ☕"],
  ],
  reactions: [[6, "❤️", "grace"]],
  unread: { ada: 1 },
};

export const conversations: Conversation[] = [launch, aside];
