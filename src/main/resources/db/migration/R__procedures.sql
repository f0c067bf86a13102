-- The two procedures of matchmaking by database. Both run inside the caller's transaction, and what
-- they lock stays locked until it ends. Texts have the character set of their columns: a comparison
-- across two of them would not use the index, and lock every row that it reads.

DROP PROCEDURE IF EXISTS gamesession_SELECT;

-- Finds the oldest open sessions that this player may be matched into, and claims them. The lock on
-- the bucket makes "claim one, else create one" serial for each game and settings: a caller that
-- gets no row holds that lock until its own new session is committed.
CREATE PROCEDURE gamesession_SELECT (
    IN param_playerid BIGINT UNSIGNED,
    IN param_limit INTEGER,
    IN param_gametype VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_settingshash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin
)
BEGIN
    INSERT INTO open_bucket (GameType, SettingsHash)
    VALUES (param_gametype, param_settingshash)
    ON DUPLICATE KEY UPDATE SettingsHash = param_settingshash;

    SELECT GUID
    FROM gamesession
    WHERE GameStatus = 0
      AND GameType = param_gametype
      AND SettingsHash = param_settingshash
      AND CreatedPlayer_ID <> param_playerid
      AND InviteCode IS NULL
      AND InvitedPlayer_ID IS NULL
    ORDER BY CreatedTime, ID
    LIMIT param_limit
    FOR UPDATE;
END;

DROP PROCEDURE IF EXISTS gamesession_INSERT;

-- Creates a session and seats its creator.
CREATE PROCEDURE gamesession_INSERT (
    IN param_guid VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_createdplayer_id BIGINT UNSIGNED,
    IN param_status TINYINT,
    IN param_boardstate TEXT CHARACTER SET utf8mb4,
    IN param_movesleft TINYINT,
    IN param_currentturnplayer_id BIGINT UNSIGNED,
    IN param_winningplayer_id BIGINT UNSIGNED,
    IN param_gametype VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_settings TEXT CHARACTER SET utf8mb4,
    IN param_settingshash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_invitedplayer_id BIGINT UNSIGNED,
    IN param_invitecode VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_seat VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_requestkey CHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_requesthash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_now TIMESTAMP(3),
    IN param_wakeat TIMESTAMP(3)
)
BEGIN
    INSERT INTO gamesession (
        GUID, CreatedTime, UpdatedTime, CreatedPlayer_ID, GameStatus, BoardState, MovesLeft,
        CurrentTurnPlayer_ID, WinningPlayer_ID, GameType, Settings, SettingsHash, Version, WakeAt,
        InvitedPlayer_ID, InviteCode)
    VALUES (
        param_guid, param_now, param_now, param_createdplayer_id, param_status, param_boardstate,
        param_movesleft, param_currentturnplayer_id, param_winningplayer_id, param_gametype,
        param_settings, param_settingshash, 1, param_wakeat, param_invitedplayer_id,
        param_invitecode);

    INSERT INTO gamesession_player (
        CreatedTime, UpdatedTime, GameSession_ID, Player_ID, Seat, RequestKey, RequestHash)
    VALUES (
        param_now, param_now, LAST_INSERT_ID(), param_createdplayer_id, param_seat,
        param_requestkey, param_requesthash);
END;
