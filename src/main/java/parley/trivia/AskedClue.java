package parley.trivia;

import java.time.Instant;
import parley.trivia.clues.Clue;
import parley.trivia.rules.Beat;

/**
 * The clue of a beat, as it was put down.
 *
 * @param row grows from clue to clue
 * @param askedAt when it was put down, right before it was first sent
 */
record AskedClue(long row, Clue clue, Beat beat, Instant askedAt) {}
