/** A lab test, as Junction's catalogue has it. */
export interface CataloguedTest {
  readonly id: string;
  /** How its sample is collected, for example `walk_in_test`. */
  readonly method: string | null;
  /** The slug of its lab. */
  readonly lab: string | null;
  /** The questions that its markers require an answer to. */
  readonly questions: readonly RequiredQuestion[];
}

export interface RequiredQuestion {
  readonly marker_id: number;
  readonly question_id: number;
  readonly text: string;
}

/** An account of the team at a lab. */
export interface LabAccount {
  readonly id: string;
  /** The slug of the lab. */
  readonly lab: string | null;
  /** Whether its orders need a physician of the customer's own. */
  readonly delegated: boolean;
}

/** The at-home phlebotomy providers in a ZIP code. */
export interface HomeService {
  readonly served: boolean;
  /** The providers that can be booked, and those that can only be requested. */
  readonly booking: readonly string[];
  readonly request: readonly string[];
}

/** What the ordering rules depend on, in addition to the request. */
export interface Circumstances {
  /** Today's date in UTC: `2026-03-14`. */
  readonly today: string;
  /** The ordered lab tests that could be looked up. Rules about the others are left to Junction. */
  readonly tests: readonly CataloguedTest[];
  /** The team's active accounts; empty if they could not be looked up. */
  readonly labAccounts: readonly LabAccount[];
  /** Null if it could not be looked up. */
  readonly homeService: HomeService | null;
}
