-- migrate:up
create extension if not exists citext;
create extension if not exists pg_trgm;

create table users (
  id            uuid primary key,         -- the identity provider's `sub`
  username      citext not null unique check (char_length(username::text) between 1 and 255),
  email         citext unique,
  password_hash text,                     -- Argon2id; null when Keycloak holds it
  is_verified   boolean not null default false,
  is_active     boolean not null default true,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
);
create index users_by_username on users using gin ((username::text) gin_trgm_ops);

create table user_profiles (
  user_id      uuid primary key references users on delete cascade,
  display_name text not null check (char_length(display_name) between 1 and 80),
  bio          text check (char_length(bio) <= 500),
  avatar_url   text check (char_length(avatar_url) <= 2048),
  status       text check (char_length(status) <= 140),
  phone_number text check (char_length(phone_number) <= 32),
  last_seen    timestamptz,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);
create index user_profiles_by_display_name on user_profiles using gin (display_name gin_trgm_ops);

create table contacts (
  user_id    uuid not null references users on delete cascade,
  contact_id uuid not null references users on delete cascade,
  nickname   text check (char_length(nickname) between 1 and 80),
  added_at   timestamptz not null default now(),
  primary key (user_id, contact_id),
  check (user_id <> contact_id)
);

-- migrate:down
drop table contacts, user_profiles, users;
