-- Every clue that was asked, one for each beat of a region's game. It is written before it is sent, so
-- that a beat has one clue however often it is sent. ClueId is its source's; the same clue may come back
-- another day.
CREATE TABLE trivia_clue (
    ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    CreatedTime TIMESTAMP(3) NOT NULL,
    Region VARCHAR(100) NOT NULL,
    BeatTime TIMESTAMP(3) NOT NULL,
    EndTime TIMESTAMP(3) NOT NULL,
    ClueId VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    Question VARCHAR(500) NOT NULL,
    Answer VARCHAR(200) NOT NULL,
    CategoryTitle VARCHAR(100) NOT NULL,
    ClueValue INT NOT NULL,
    UNIQUE KEY trivia_clue_beat (Region, BeatTime),
    KEY trivia_clue_last (Region, ID),
    KEY trivia_clue_id (Region, ClueId, ID)
) DEFAULT CHARSET = utf8mb4;

-- The guesses that count: one for each session and clue, and for a player who has signed in one for
-- each clue, from whichever session.
CREATE TABLE trivia_guess (
    ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    CreatedTime TIMESTAMP(3) NOT NULL,
    Clue_ID BIGINT UNSIGNED NOT NULL,
    SessionId VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    Player_ID BIGINT UNSIGNED NULL,
    Guess VARCHAR(200) NOT NULL,
    IsCorrect BOOLEAN NOT NULL,
    Similarity DOUBLE NOT NULL,
    UNIQUE KEY trivia_guess_session (Clue_ID, SessionId),
    UNIQUE KEY trivia_guess_player (Clue_ID, Player_ID),
    FOREIGN KEY (Clue_ID) REFERENCES trivia_clue (ID),
    FOREIGN KEY (Player_ID) REFERENCES player (ID)
) DEFAULT CHARSET = utf8mb4;

-- What the guesses of a day (UTC, that of the beat) come to, added up as they come. Scorer names the
-- player, or else the session. The index has them in the order of the leaderboard.
CREATE TABLE trivia_score (
    Day DATE NOT NULL,
    Scorer VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    Player_ID BIGINT UNSIGNED NULL,
    Points BIGINT NOT NULL,
    Correct INT NOT NULL,
    Guesses INT NOT NULL,
    PRIMARY KEY (Day, Scorer),
    KEY trivia_score_leaders (Day, Points, Correct, Scorer),
    FOREIGN KEY (Player_ID) REFERENCES player (ID)
) DEFAULT CHARSET = utf8mb4;
