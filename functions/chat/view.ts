import type { ISql as Sql } from "postgres";

/**
 * How rows look on the wire when they travel inside another row, as JSON: the same shapes as `schema.ts` declares.
 * The fragments name a table by its alias, so that one statement can hold several.
 */

const iso = (sql: Sql, alias: string, column: string) =>
  sql`to_char(${sql(alias)}.${sql(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** How people reacted to a message, as of the statement's snapshot. To a deleted one they did, and it is not shown. */
const reactionsJson = (sql: Sql, alias: string) =>
  sql`(
    select coalesce(json_agg(json_build_object('emoji', emoji, 'userIds', user_ids) order by first_rev), '[]')
      from (
        select emoji, min(rev) as first_rev, json_agg(user_id order by rev) as user_ids
          from reactions
         where message_id = ${sql(alias)}.id and removed_at is null and ${sql(alias)}.deleted_at is null
         group by emoji
      ) as given
  )`;

const columns = "id room_id sender_id content message_type reply_to created_at updated_at deleted_at seq rev".split(
  " ",
);

/** The columns of `Message`, for a row of `messages` that travels as itself. */
export const messageColumns = (sql: Sql, alias: string, reactions = reactionsJson(sql, alias)) =>
  sql`${sql(columns.map((column) => `${alias}.${column}`))}, ${reactions} as reactions`;

/** A `Message` from a row of `messages`, null for no row. */
export const messageJson = (sql: Sql, alias: string) =>
  sql`
    case when ${sql(alias)}.id is not null then json_build_object(
      'id', ${sql(alias)}.id, 'roomId', ${sql(alias)}.room_id, 'senderId', ${sql(alias)}.sender_id,
      'content', ${sql(alias)}.content, 'messageType', ${sql(alias)}.message_type, 'replyTo', ${sql(alias)}.reply_to,
      'createdAt', ${iso(sql, alias, "created_at")}, 'updatedAt', ${iso(sql, alias, "updated_at")},
      'deletedAt', ${iso(sql, alias, "deleted_at")}, 'seq', ${sql(alias)}.seq, 'rev', ${sql(alias)}.rev,
      'reactions', ${reactionsJson(sql, alias)}
    ) end
  `;

/** A `Participant` from a row of `room_participants`. */
export const participantJson = (sql: Sql, alias: string) =>
  sql`
    json_build_object(
      'userId', ${sql(alias)}.user_id, 'role', ${sql(alias)}.role, 'joinedAt', ${iso(sql, alias, "joined_at")},
      'lastReadSeq', ${sql(alias)}.last_read_seq, 'lastReadAt', ${iso(sql, alias, "last_read_at")}
    )
  `;

/**
 * The columns of `Room` for one of its participants: from `room_participants as mine` joined with `rooms as room`, and
 * left joined with `messages as newest` on the room's last seq, which a unique index finds.
 */
export const roomColumns = (sql: Sql) =>
  sql`
    room.id, room.name, room.description, room.room_type, room.created_by, room.created_at, room.updated_at, room.rev,
    room.last_seq, mine.role, mine.last_read_seq, room.last_seq - mine.last_read_seq as unread_count,
    replace(replace(room.direct_key, mine.user_id::text, ''), ':', '') as peer_id,
    ${messageJson(sql, "newest")} as last_message
  `;

/** The tables `roomColumns` reads: the rooms of one person. */
export const roomsOf = (sql: Sql, userId: string) =>
  sql`
    room_participants as mine
      join rooms as room on room.id = mine.room_id and mine.user_id = ${userId}
      left join messages as newest on newest.room_id = room.id and newest.seq = room.last_seq
  `;
