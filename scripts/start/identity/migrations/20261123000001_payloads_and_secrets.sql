-- migrate:up

-- What the provider remembers: sessions, grants, codes, refresh tokens, sign-ins under way. One row per model and id.
create table payloads (
  model      text not null,
  id         text not null,
  payload    jsonb not null,
  grant_id   text,
  uid        text,
  expires_at timestamptz,
  primary key (model, id)
);
create index payloads_of_grant on payloads (grant_id) where grant_id is not null;
create index payloads_by_uid on payloads (model, uid) where uid is not null;
create index payloads_by_expiry on payloads (expires_at);

-- Made once and kept, so that a restart logs nobody out: signing keys, cookie keys.
create table secrets (
  name       text primary key,
  value      jsonb not null,
  created_at timestamptz not null default now()
);

-- migrate:down
drop table payloads, secrets;
