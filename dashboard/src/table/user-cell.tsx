import { breakable, Identifier } from '../components/identifier.tsx';

interface UserCellProps {
  readonly of: { readonly user_id: string | null; readonly client_user_id: string | null };
}

/** The user of an order in a table cell: the client's own ID first, because people search their own system for it. */
export function UserCell({ of: { user_id, client_user_id } }: UserCellProps) {
  return (
    <>
      {client_user_id !== null && <div className="client-id">{breakable(client_user_id)}</div>}
      <Identifier id={user_id} of="Junction user" short />
    </>
  );
}
