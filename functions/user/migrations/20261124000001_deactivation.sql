-- migrate:up

-- True, or the error that answers 403 account-deactivated: authorization without a round trip of its own.
create function require_active(person uuid) returns boolean language plpgsql stable as $$
begin
  if exists (select from users where id = person and not is_active) then
    raise exception 'this account has been deactivated' using errcode = 'PY403';
  end if;
  return true;
end $$;

-- The same for changes, which a deactivation at the same moment must not be undone by: it waits for one that is under way
-- and lets none begin until the change is committed.
create function stay_active(person uuid) returns boolean language plpgsql volatile as $$
declare
  active boolean;
begin
  select is_active into active from users where id = person for share;
  if not active then
    raise exception 'this account has been deactivated' using errcode = 'PY403';
  end if;
  return true;
end $$;

-- migrate:down
drop function stay_active, require_active;
