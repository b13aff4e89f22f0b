import { TextChoice } from './text-choice.tsx';

interface UserFilterProps {
  /** The user ID to filter by; empty for none. */
  readonly user: string;
  readonly onChoose: (user: string) => void;
}

/** Filters by user: only a complete ID matches. */
export function UserFilter({ user, onChoose }: UserFilterProps) {
  return <TextChoice of="user ID" placeholder="User ID" chosen={user} onChoose={onChoose} />;
}
