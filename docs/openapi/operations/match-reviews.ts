import { matchReview, matchReviewList } from '../../../core/api/match-reviews/answer.ts';
import { examples } from '../examples/examples.ts';
import type { Operations } from './operation.ts';
import { NO_MATCH_REVIEW } from './problems.ts';

export const matchReviewOperations = {
  'GET /v1/match-reviews': {
    id: 'listMatchReviews',
    tag: 'match-reviews',
    summary: 'List match reviews',
    description:
      'Lists results that Junction could not match to an order with certainty. A person has to decide on them in Junction’s dashboard. Open reviews are listed longest open first, closed reviews most recently closed first. A review is closed when Junction reports it as `resolved` or `matched`.',
    answer: 'A page of match reviews.',
    content: matchReviewList,
    example: examples.matchReviewList,
  },
  'GET /v1/match-reviews/{id}': {
    id: 'getMatchReview',
    tag: 'match-reviews',
    summary: 'Get a match review',
    description: 'Gets an open or a closed match review.',
    answer: 'The match review.',
    content: matchReview,
    example: examples.matchReview,
    problems: { 404: NO_MATCH_REVIEW },
  },
} satisfies Operations;
