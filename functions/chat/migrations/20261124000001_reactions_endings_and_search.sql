-- migrate:up
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- One row per person and emoji, kept when taken back (removed_at), so that get-changes can tell it. To a deleted message
-- they stay and are not shown.
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
create index reactions_of_user on reactions (user_id, message_id, emoji);
create index room_participants_changed on room_participants (room_id, rev);
create index room_departures_changed on room_departures (room_id, rev);
create index room_departures_of_user on room_departures (user_id, room_id);

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

-- Ids that are used up: a late retry of create-room must not bring a deleted room back, not even one that waited for the
-- deletion. Looked up after the insert, which is what waits.
create table deleted_rooms (
  id         uuid primary key,
  rev        bigint not null,
  deleted_at timestamptz not null default now()
);
create function refuse_deleted_room() returns trigger language plpgsql as $$
begin
  if exists (select from deleted_rooms where id = new.id) then
    raise exception 'this room has been deleted' using errcode = 'PY409'; -- room-id-taken
  end if;
  return null;
end $$;
create trigger refuse_deleted_room after insert on rooms for each row execute function refuse_deleted_room();

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

-- Nobody is added to a room who has left for good, also not while they are leaving: adding somebody holds their lock
-- shared, leaving takes it alone and commits before it looks for memberships.
create function person_lock(person uuid) returns bigint language sql immutable as $$
  select hashtextextended(person::text, 0)
$$;
create function refuse_former_user() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(person_lock(new.user_id));
  if exists (select from former_users where user_id = new.user_id) then
    raise exception 'this person has left' using errcode = 'PY404'; -- user-not-found
  end if;
  return new;
end $$;
create trigger refuse_former_user before insert on room_participants
  for each row execute function refuse_former_user();

-- A room goes with all its messages, each of which would otherwise look for its answers without an index. That an
-- answer is in the same room, send-message checks.
alter table messages drop constraint messages_reply_to_fkey;

-- Words as they are written, in whatever language, room by room: a search costs what one's own rooms hold. A deleted
-- message has no content and so is found no more.
create index messages_by_words on messages using gin (room_id, to_tsvector('simple', content));

-- No index of rooms may hold what send-message changes (rev, last_seq, updated_at): every message would cost an entry in
-- each of rooms' indexes, also where the index's condition leaves the room out.
create index rooms_public on rooms (id) where room_type = 'public';
create index rooms_public_by_words on rooms using gin (name gin_trgm_ops, description gin_trgm_ops)
  where room_type = 'public';

-- migrate:down
drop index rooms_public_by_words, rooms_public, messages_by_words;
alter table messages add constraint messages_reply_to_fkey foreign key (reply_to) references messages on delete set null;
drop trigger refuse_former_user on room_participants;
drop trigger refuse_deleted_room on rooms;
drop function refuse_former_user, person_lock, require_active, refuse_deleted_room, reactions_now;
drop index room_departures_of_user, room_departures_changed, room_participants_changed;
drop table former_users, deleted_rooms, reactions;
