-- Each index is written with each move, so a move has no more of them than it needs. It lies where
-- its session's other moves lie, and has no number of its own, which would be given out one after
-- the other for the whole table. Whoever moves, is to move or wins sits in the session, and so is a
-- player there.

ALTER TABLE gamesession_move
    DROP FOREIGN KEY gamesession_move_ibfk_2,
    DROP KEY Player_ID,
    DROP COLUMN ID,
    DROP PRIMARY KEY,
    DROP KEY gamesession_move_seq,
    ADD PRIMARY KEY (GameSession_ID, Seq);

ALTER TABLE gamesession
    DROP FOREIGN KEY gamesession_ibfk_2,
    DROP FOREIGN KEY gamesession_ibfk_3,
    DROP KEY CurrentTurnPlayer_ID,
    DROP KEY WinningPlayer_ID;
