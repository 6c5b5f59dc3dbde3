import postgres from "postgres";

/**
 * Run a statement that inserts under a client-made key, and once more if another request inserted that key meanwhile:
 * the unique index settles the race, the loser's whole statement is undone (no counter moves, so no hole), and the
 * second run sees the winner's row. `constraint` is the unique index that may speak up.
 */
export async function insertOnce<Rows>(constraint: string, statement: () => PromiseLike<Rows>): Promise<Rows> {
  try {
    return await statement();
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.constraint_name === constraint) return await statement();
    throw error;
  }
}
