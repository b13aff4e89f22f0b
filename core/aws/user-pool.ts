import {
  type CognitoIdentityProviderClient,
  ListUsersInGroupCommand,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';

/** A person who can sign in, as the API knows them. */
export interface PoolPerson {
  /** The `sub` claim of their tokens. */
  readonly id: string;
  /** Their verified email address, under which the API stores what they do. */
  readonly name: string;
  /** What others call them; null if the user pool does not say. */
  readonly display_name: string | null;
}

/** The largest page: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsersInGroup.html */
const PAGE = 60;

/** The people in any of these groups of a user pool, by name. Without those whose account is disabled,
 * and those without a verified address: they cannot act. */
export async function listPeople(
  client: CognitoIdentityProviderClient,
  userPoolId: string,
  groups: readonly string[],
): Promise<PoolPerson[]> {
  const people = new Map<string, PoolPerson>();
  for (const group of groups) {
    let next: string | undefined;
    do {
      const { Users = [], NextToken } = await client.send(
        new ListUsersInGroupCommand({
          UserPoolId: userPoolId,
          GroupName: group,
          Limit: PAGE,
          NextToken: next,
        }),
      );
      for (const person of Users.flatMap(personIn)) people.set(person.id, person);
      next = NextToken;
    } while (next !== undefined);
  }
  return [...people.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

function personIn({ Enabled, Attributes = [] }: UserType): PoolPerson[] {
  const given = new Map(Attributes.map(({ Name, Value }) => [Name, Value]));
  const id = given.get('sub');
  const name = given.get('email_verified') === 'true' ? given.get('email') : undefined;
  if (id === undefined || name === undefined || Enabled === false) return [];
  return [{ id, name, display_name: given.get('name') ?? null }];
}
