import { TextChoice } from './text-choice.tsx';

interface UserFilterProps {
  /** The user ID to filter by; empty for none. */
  readonly user: string;
  readonly onChoose: (user: string) => void;
}

/** Filters by user: only a complete ID of Junction matches. The API has no list by the client's own ID of a user. */
export function UserFilter({ user, onChoose }: UserFilterProps) {
  return (
    <TextChoice
      of="Junction user ID"
      placeholder="Junction user ID, in full"
      chosen={user}
      onChoose={onChoose}
    />
  );
}
