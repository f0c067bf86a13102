-- From here on a move has the number of the version that it led to, so that nobody need look for the
-- last one; before, moves were counted. In both ways they are in the order in which they were made.

ALTER TABLE gamesession_move
    MODIFY Seq INT NOT NULL COMMENT 'The version of the session that the move led to';
