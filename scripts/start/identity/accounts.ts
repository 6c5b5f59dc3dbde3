import { randomUUID } from "node:crypto";
import { Argon2id } from "oslo/password";
import type { Sql } from "postgres";
import { uuidv7 } from "uuidv7";
import type { NewAccount } from "./sign-up.ts";

/** What tokens say about a person. */
export interface Account {
  id: string;
  username: string;
  email: string | null;
  name: string;
  isVerified: boolean;
}

/** The same password typed on two systems may differ in how its accents are composed. */
const canonical = (password: string) => password.normalize("NFKC");

/** Argon2id, as `users.password_hash` holds it. */
export const hashPassword = (password: string): Promise<string> => new Argon2id().hash(canonical(password));

const fieldOf: Record<string, "username" | "email"> = { users_username_key: "username", users_email_key: "email" };

/** People, as user-service-db holds them. */
export function accounts(sql: Sql) {
  let decoy: Promise<string> | undefined;

  return {
    /** Somebody who may be signed in. */
    async find(id: string): Promise<Account | undefined> {
      const [account] = await sql<[Account?]>`
        select users.id, username, email, is_verified as "isVerified", coalesce(display_name, username) as name
          from users left join user_profiles on user_profiles.user_id = users.id
         where users.id = ${id} and is_active
      `;
      return account;
    },

    /**
     * The id of the person with this username or e-mail address, if that is their password. Somebody unknown takes as
     * long as somebody known.
     */
    async check(login: string, password: string): Promise<string | undefined> {
      decoy ??= hashPassword(randomUUID());
      const [user] = await sql<[{ id: string; hash: string | null }?]>`
        select id, password_hash as hash from users
         where (username = ${login} or email = ${login}) and is_active
         limit 1
      `;
      const isRight = await new Argon2id().verify(user?.hash ?? await decoy, canonical(password));
      return isRight ? user?.id : undefined;
    },

    /** Make an account. Gives its id, or the field that belongs to somebody else already. */
    async create(
      { username, email, displayName, password }: NewAccount,
    ): Promise<{ id: string } | { taken: "username" | "email" }> {
      const id = uuidv7();
      const hash = await hashPassword(password);
      try {
        await sql`
          with person as (
            insert into users (id, username, email, password_hash)
            values (${id}, ${username}, ${email}, ${hash})
            returning id
          )
          insert into user_profiles (user_id, display_name)
          select id, ${displayName} from person
        `;
        return { id };
      } catch (error) {
        const taken = fieldOf[String((error as { constraint_name?: string }).constraint_name)];
        if (!taken) throw error;
        return { taken };
      }
    },
  };
}

export type Accounts = ReturnType<typeof accounts>;
