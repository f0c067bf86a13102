-- A move lies where its session's other moves lie, and has no number of its own: numbers are given
-- out one after the other for the whole table, and each index is written with each move. Who made a
-- move sits in the session, and so is a player there.

ALTER TABLE gamesession_move
    DROP FOREIGN KEY gamesession_move_ibfk_2,
    DROP KEY Player_ID,
    DROP COLUMN ID,
    DROP PRIMARY KEY,
    DROP KEY gamesession_move_seq,
    ADD PRIMARY KEY (GameSession_ID, Seq);
