-- What takes several statements, in one round trip. Each runs inside the caller's transaction, and what
-- it locks stays locked until that ends. Texts have the character set of their columns: a comparison
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

DROP PROCEDURE IF EXISTS gamesession_UPDATE;

-- Writes the next version of a session, and the move that has led to it if there is one. A sweep that
-- is due sooner stays due then, so that its index need not be written. A move's Seq is the version
-- that it has led to, so nobody need look for the last one. Its affected rows say what became of it,
-- for a result costs more than it would say: 0 if the version is not the one to be replaced, and else
-- 1 in MySQL, which counts those of the last statement, and 1 or 2 in MariaDB, which counts all.
CREATE PROCEDURE gamesession_UPDATE (
    IN param_id BIGINT UNSIGNED,
    IN param_version BIGINT,
    IN param_now TIMESTAMP(3),
    IN param_status TINYINT,
    IN param_boardstate TEXT CHARACTER SET utf8mb4,
    IN param_movesleft TINYINT,
    IN param_currentturnplayer_id BIGINT UNSIGNED,
    IN param_winningplayer_id BIGINT UNSIGNED,
    IN param_endreason VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_turndeadline TIMESTAMP(3),
    IN param_wakeat TIMESTAMP(3),
    IN param_moveid VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_player_id BIGINT UNSIGNED,
    IN param_move TEXT CHARACTER SET utf8mb4
)
BEGIN
    UPDATE gamesession
    SET UpdatedTime = param_now, GameStatus = param_status, BoardState = param_boardstate,
        MovesLeft = param_movesleft, CurrentTurnPlayer_ID = param_currentturnplayer_id,
        WinningPlayer_ID = param_winningplayer_id, EndReason = param_endreason,
        TurnDeadline = param_turndeadline, Version = param_version + 1,
        WakeAt = LEAST(COALESCE(WakeAt, param_wakeat), param_wakeat)
    WHERE ID = param_id AND Version = param_version;
    IF ROW_COUNT() = 1 AND param_moveid IS NOT NULL THEN
        INSERT INTO gamesession_move (
            GameSession_ID, Seq, MoveId, Player_ID, Move, PlayedTime)
        VALUES (
            param_id, param_version + 1, param_moveid, param_player_id, param_move, param_now);
    END IF;
END;

DROP PROCEDURE IF EXISTS notification_INSERT;

-- Puts down what a player is to be told; a notification that is there already stays as it is. For a
-- player who has no device and has not connected lately nobody could be told: that is cancelled at
-- once, and costs nothing more. One after the other for each player: a reader of the inbox that has
-- seen one has seen all before it.
CREATE PROCEDURE notification_INSERT (
    IN param_guid VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_player VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_session VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_version BIGINT,
    IN param_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin,
    IN param_now TIMESTAMP(3),
    IN param_connected_since TIMESTAMP(3)
)
BEGIN
    DECLARE player_row BIGINT UNSIGNED;
    DECLARE session_row BIGINT UNSIGNED;
    DECLARE first_status VARCHAR(16);

    SELECT ID,
        (SELECT s.ID FROM gamesession s WHERE s.GUID = param_session),
        IF(NotificationsOff, 'dropped',
            IF(NegotiatedTime > param_connected_since
               OR EXISTS (SELECT 1 FROM player_device d WHERE d.Player_ID = player.ID),
               'queued', 'cancelled'))
    INTO player_row, session_row, first_status
    FROM player WHERE GUID = param_player FOR UPDATE;
    INSERT INTO notification (
        GUID, CreatedTime, UpdatedTime, Player_ID, GameSession_ID, SessionVersion, Kind, Status)
    VALUES (
        param_guid, param_now, param_now, player_row, session_row, param_version, param_kind,
        first_status)
    ON DUPLICATE KEY UPDATE notification.GUID = notification.GUID;
END;
