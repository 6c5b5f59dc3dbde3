import postgres, { type Sql, type TransactionSql } from "postgres";
import { uuidv7 } from "uuidv7";
import { hashPassword } from "../identity/accounts.ts";
import { type Conversation, conversations } from "./conversations.ts";
import { demoOthers, demoPassword, demoUsers, type Person } from "./people.ts";

type Ids = Record<string, string>;

const connect = (url: string) => postgres(url, { max: 1, onnotice: () => {} }) as unknown as Sql;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

async function seedPeople(sql: Sql, people: Person[]): Promise<Ids> {
  const existing = await sql`select id, username from users where username = any(${
    people.map(({ username }) => username)
  })`;
  const ids: Ids = Object.fromEntries(existing.map(({ username, id }) => [username, id]));
  const missing = people.filter(({ username }) => !ids[username]);
  const hash = missing.length > 0 ? await hashPassword(demoPassword) : "";
  for (const { username, displayName, status, bio } of missing) {
    const id = ids[username] = uuidv7();
    await sql`insert into users (id, username, email, password_hash) values (${id}, ${username}, ${`${username}@example.org`}, ${hash})`;
    await sql`insert into user_profiles (user_id, display_name, status, bio) values (${id}, ${displayName}, ${status}, ${bio})`;
  }
  for (const { username } of demoUsers) {
    const others = people.filter((person) => person.username !== username).map((person) => ids[person.username]!);
    await sql`
      insert into contacts (user_id, contact_id)
      select ${ids[username]!}, id from unnest(${others}::uuid[]) as id
          on conflict do nothing
    `;
  }
  return ids;
}

/** One room with its history. Its first rev made it; each message, and then each reaction, is the next one. */
async function seedRoom(
  sql: TransactionSql,
  { name, description, people, lines, reactions, unread }: Conversation,
  ids: Ids,
): Promise<void> {
  const isDirect = name === undefined;
  const members = people.map((person) => ids[person]!);
  const [owner] = members as [string];
  const roomId = uuidv7();
  const last = lines.length;
  const directKey = isDirect ? members.toSorted().join(":") : null;
  const [room] = await sql`
    insert into rooms (id, name, description, room_type, created_by, created_at, updated_at, rev, last_seq, direct_key)
    values (${roomId}, ${name ?? null}, ${description ?? null}, ${isDirect ? "direct" : "group"}, ${owner},
            ${minutesAgo(lines[0]![1] + 5)}, ${minutesAgo(lines.at(-1)![1])}, ${
    1 + last + reactions.length
  }, ${last}, ${directKey})
    on conflict (direct_key) do nothing
    returning id
  `;
  if (!room) return; // somebody already talks to somebody here

  const participants = people.map((person) => ({
    room_id: roomId,
    user_id: ids[person]!,
    role: isDirect || ids[person] === owner ? "owner" : "member",
    joined_at: minutesAgo(lines[0]![1] + 5),
    last_read_seq: last - (unread[person] ?? 0),
    last_read_at: minutesAgo(lines.at(-1)![1]),
    rev: 1,
  }));
  await sql`insert into room_participants ${sql(participants)}`;

  const messageIds = lines.map(() => uuidv7());
  const messages = lines.map(([who, minutes, content, answers], index) => ({
    id: messageIds[index]!,
    room_id: roomId,
    sender_id: ids[who]!,
    content,
    reply_to: answers ? messageIds[answers - 1]! : null,
    created_at: minutesAgo(minutes),
    updated_at: minutesAgo(minutes),
    seq: index + 1,
    rev: index + 2,
  }));
  await sql`insert into messages ${sql(messages)}`;
  const given = reactions.map(([line, emoji, who], index) => ({
    message_id: messageIds[line - 1]!,
    user_id: ids[who]!,
    emoji,
    room_id: roomId,
    rev: 2 + last + index,
  }));
  await sql`insert into reactions ${sql(given)}`;
  await sql`
    insert into message_reads (message_id, user_id, read_at)
    select message.id, reader.user_id, greatest(message.created_at, reader.joined_at)
      from messages as message join room_participants as reader using (room_id)
     where room_id = ${roomId} and message.seq <= reader.last_read_seq and message.sender_id <> reader.user_id
  `;
}

/**
 * Fill Parley with people who talk: two to sign in as, four to talk to, a group and a direct room with some days of
 * history. A second time it changes nothing.
 */
export async function seedDemo({ userUrl, chatUrl }: { userUrl: string; chatUrl: string }): Promise<void> {
  const user = connect(userUrl);
  const chat = connect(chatUrl);
  try {
    const ids = await seedPeople(user, [...demoUsers, ...demoOthers]);
    const [known] = await chat`select from room_participants where user_id = ${ids[demoUsers[0]!.username]!} limit 1`;
    if (known) return;
    await chat.begin(async (sql) => {
      for (const conversation of conversations) await seedRoom(sql, conversation, ids);
    });
  } finally {
    await Promise.all([user.end(), chat.end()]);
  }
}
