-- migrate:up
create extension if not exists pg_trgm;

-- One row per person and emoji, kept when taken back (removed_at), so that get-changes can tell it. Goes with its message's
-- deletion, which the message itself tells.
create table reactions (
  message_id uuid not null references messages on delete cascade,
  user_id    uuid not null,
  emoji      text not null check (char_length(emoji) <= 64),
  room_id    uuid not null references rooms on delete cascade,
  rev        bigint not null,             -- rev of the room when it was last given or taken back
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (message_id, user_id, emoji)
);
create index reactions_changed on reactions (room_id, rev);

-- How people reacted to a message, as of now and not of the calling statement's snapshot: volatile functions take one of
-- their own. Under the room's lock nothing can be newer, so what edit-message tells is exact.
create function reactions_now(message uuid) returns json language sql volatile as $$
  select coalesce(json_agg(json_build_object('emoji', emoji, 'userIds', user_ids) order by first_rev), '[]')
    from (
      select emoji, min(rev) as first_rev, json_agg(user_id order by rev) as user_ids
        from reactions
       where message_id = message and removed_at is null
       group by emoji
    ) as given
$$;

-- Ids that are used up: a late retry of create-room must not bring a deleted room back.
create table deleted_rooms (
  id         uuid primary key,
  rev        bigint not null,
  deleted_at timestamptz not null default now()
);

-- Whose account was deactivated. Their token may live five minutes longer than they do.
create table former_users (
  user_id        uuid primary key,
  deactivated_at timestamptz not null default now()
);

-- True, or the error that answers 403 account-deactivated: authorization without a round trip of its own.
create function require_active(person uuid) returns boolean language plpgsql stable as $$
begin
  if exists (select from former_users where user_id = person) then
    raise exception 'this account has been deactivated' using errcode = 'PY403';
  end if;
  return true;
end $$;

-- A room goes with all its messages, each of which would otherwise look for its answers without an index. That an
-- answer is in the same room, send-message checks.
alter table messages drop constraint messages_reply_to_fkey;

-- Words as they are written, in whatever language. A deleted message has no content and so is found no more.
create index messages_by_words on messages using gin (to_tsvector('simple', content));
create index messages_of_sender on messages (sender_id, id); -- for export-me

create index rooms_public_by_name on rooms using gin (name gin_trgm_ops) where room_type = 'public';
create index rooms_public on rooms (updated_at desc, id desc) where room_type = 'public';

-- migrate:down
drop index rooms_public, rooms_public_by_name, messages_of_sender, messages_by_words;
alter table messages add constraint messages_reply_to_fkey foreign key (reply_to) references messages on delete set null;
drop function require_active, reactions_now;
drop table former_users, deleted_rooms, reactions;
