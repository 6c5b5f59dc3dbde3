-- migrate:up

-- True, or the error that answers 403 account-deactivated: authorization without a round trip of its own.
create function require_active(person uuid) returns boolean language plpgsql stable as $$
begin
  if exists (select from users where id = person and not is_active) then
    raise exception 'this account has been deactivated' using errcode = 'PY403';
  end if;
  return true;
end $$;

create index contacts_of_contact on contacts (contact_id); -- for deactivate-me

-- migrate:down
drop index contacts_of_contact;
drop function require_active;
