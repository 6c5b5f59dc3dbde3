-- migrate:up

-- A room's row is its one lock and holds its two counters: rev counts every change of what the room is (messages,
-- membership, settings), last_seq counts messages. Both move in the statement that makes the change.
create table rooms (
  id           uuid primary key default uuidv7(),
  name         text check (char_length(name) between 1 and 80),
  description  text check (char_length(description) <= 500),
  room_type    text not null check (room_type in ('direct', 'group', 'public')),
  created_by   uuid not null,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  rev          bigint not null default 1,
  last_seq     bigint not null default 0,
  settings_rev bigint not null default 1, -- rev of the last change of name or description
  direct_key   text unique,               -- both ids of a direct room, the lesser first: one room per pair
  check ((room_type = 'direct') = (direct_key is not null))
);

create table room_participants (
  room_id       uuid not null references rooms on delete cascade,
  user_id       uuid not null,
  role          text not null check (role in ('owner', 'admin', 'member')),
  joined_at     timestamptz not null default now(),
  last_read_at  timestamptz,
  last_read_seq bigint not null default 0,
  rev           bigint not null,          -- rev of the last change of membership or role
  primary key (room_id, user_id)
);
create index room_participants_of_user on room_participants (user_id, room_id);

-- Who is no longer in a room, so that get-changes can report endings. Goes when the person comes back.
create table room_departures (
  room_id uuid not null references rooms on delete cascade,
  user_id uuid not null,
  rev     bigint not null,
  left_at timestamptz not null default now(),
  primary key (room_id, user_id)
);

create table messages (
  id           uuid primary key,          -- made by the client: the idempotency key
  room_id      uuid not null references rooms on delete cascade,
  sender_id    uuid not null,
  content      text not null check (char_length(content) <= 4000),
  message_type text not null default 'text' check (message_type in ('text')),
  reply_to     uuid references messages on delete set null,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  deleted_at   timestamptz,
  seq          bigint not null,           -- place in the room: 1, 2, 3 … without a hole
  rev          bigint not null,           -- rev of its last change
  unique (room_id, seq)
);
create index messages_changed on messages (room_id, rev);

create table message_reads (
  message_id uuid not null references messages on delete cascade,
  user_id    uuid not null,
  read_at    timestamptz not null default now(),
  primary key (message_id, user_id)
);

-- migrate:down
drop table message_reads, messages, room_departures, room_participants, rooms;
