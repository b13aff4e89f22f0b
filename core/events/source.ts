/** The source of all our events on the bus. */
export const EVENT_SOURCE = 'redraw-tracker';

/** The type of the event that tests the topics of operators and critical results. It does not refer to a transaction. */
export const TOPICS_TESTED = 'Operator Topics Tested';

/** The attribute of a message that is only a test. A subscription can leave out messages that have it. */
export const TEST_ATTRIBUTE = 'test';
