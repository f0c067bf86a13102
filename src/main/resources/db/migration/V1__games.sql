-- Times are UTC and come from the app, so that one clock decides. An ID is what MySQL calls SERIAL,
-- written out because SERIAL adds a second unique index beside the primary key.

CREATE TABLE player (
    ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    GUID VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    CreatedTime TIMESTAMP(3) NOT NULL,
    UpdatedTime TIMESTAMP(3) NOT NULL,
    Name VARCHAR(100) NOT NULL,
    UNIQUE KEY player_guid (GUID)
) DEFAULT CHARSET = utf8mb4;

-- How a player signs in. Subject is what the provider knows the player by; for the provider
-- "device" it is the SHA-256 of the device's secret.
CREATE TABLE player_identity (
    ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    CreatedTime TIMESTAMP(3) NOT NULL,
    Player_ID BIGINT UNSIGNED NOT NULL,
    Provider VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    Subject VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    UNIQUE KEY player_identity_subject (Provider, Subject),
    FOREIGN KEY (Player_ID) REFERENCES player (ID)
) DEFAULT CHARSET = utf8mb4;

-- Where a player's pushes go: one row for each installation of the game.
CREATE TABLE player_device (
    ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    CreatedTime TIMESTAMP(3) NOT NULL,
    UpdatedTime TIMESTAMP(3) NOT NULL,
    Player_ID BIGINT UNSIGNED NOT NULL,
    InstallationId VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    Platform VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PushChannel TEXT NOT NULL,
    UNIQUE KEY player_device_installation (InstallationId),
    FOREIGN KEY (Player_ID) REFERENCES player (ID)
) DEFAULT CHARSET = utf8mb4;

-- GameStatus: 0 matchmaking, 1 in progress, 2 completed. WakeAt: when a sweep has to look at the
-- session because nothing else may; NULL when no sweep need.
CREATE TABLE gamesession (
    ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    GUID VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    CreatedTime TIMESTAMP(3) NOT NULL,
    UpdatedTime TIMESTAMP(3) NOT NULL,
    CreatedPlayer_ID BIGINT UNSIGNED NOT NULL,
    GameStatus TINYINT NOT NULL,
    BoardState TEXT NOT NULL,
    MovesLeft TINYINT NOT NULL,
    CurrentTurnPlayer_ID BIGINT UNSIGNED NULL,
    WinningPlayer_ID BIGINT UNSIGNED NULL,
    GameType VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    Settings TEXT NOT NULL,
    SettingsHash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    Version BIGINT NOT NULL,
    WakeAt TIMESTAMP(3) NULL,
    TurnDeadline TIMESTAMP(3) NULL,
    InvitedPlayer_ID BIGINT UNSIGNED NULL,
    InviteCode VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    EndReason VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    UNIQUE KEY gamesession_guid (GUID),
    KEY gamesession_claim (
        GameStatus, GameType, SettingsHash, InviteCode, InvitedPlayer_ID, CreatedTime),
    KEY gamesession_wake (WakeAt),
    FOREIGN KEY (CreatedPlayer_ID) REFERENCES player (ID),
    FOREIGN KEY (CurrentTurnPlayer_ID) REFERENCES player (ID),
    FOREIGN KEY (WinningPlayer_ID) REFERENCES player (ID),
    FOREIGN KEY (InvitedPlayer_ID) REFERENCES player (ID),
    CHECK (GameStatus IN (0, 1, 2)),
    CHECK (GameStatus <> 1 OR (CurrentTurnPlayer_ID IS NOT NULL AND TurnDeadline IS NOT NULL)),
    CHECK ((GameStatus = 2) = (EndReason IS NOT NULL))
) DEFAULT CHARSET = utf8mb4;

-- RequestKey: the hash of the Idempotency-Key that took this seat; RequestHash: of what it asked.
CREATE TABLE gamesession_player (
    ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    CreatedTime TIMESTAMP(3) NOT NULL,
    UpdatedTime TIMESTAMP(3) NOT NULL,
    GameSession_ID BIGINT UNSIGNED NOT NULL,
    Player_ID BIGINT UNSIGNED NOT NULL,
    Seat VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    RequestKey CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    RequestHash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    UNIQUE KEY gamesession_player_player (GameSession_ID, Player_ID),
    UNIQUE KEY gamesession_player_seat (GameSession_ID, Seat),
    UNIQUE KEY gamesession_player_request (Player_ID, RequestKey),
    FOREIGN KEY (GameSession_ID) REFERENCES gamesession (ID),
    FOREIGN KEY (Player_ID) REFERENCES player (ID)
) DEFAULT CHARSET = utf8mb4;

-- Every move that was accepted, in order. Move is NULL where the player gave up.
CREATE TABLE gamesession_move (
    ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    GameSession_ID BIGINT UNSIGNED NOT NULL,
    Seq INT NOT NULL,
    MoveId VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    Player_ID BIGINT UNSIGNED NOT NULL,
    Move TEXT NULL,
    PlayedTime TIMESTAMP(3) NOT NULL,
    UNIQUE KEY gamesession_move_seq (GameSession_ID, Seq),
    UNIQUE KEY gamesession_move_id (GameSession_ID, MoveId),
    FOREIGN KEY (GameSession_ID) REFERENCES gamesession (ID),
    FOREIGN KEY (Player_ID) REFERENCES player (ID)
) DEFAULT CHARSET = utf8mb4;

-- One row for each (game, settings) that was ever asked for. Whoever claims or creates an open
-- session locks its row first, so that two players cannot both find nothing and both create.
CREATE TABLE open_bucket (
    GameType VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    SettingsHash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (GameType, SettingsHash)
) DEFAULT CHARSET = utf8mb4;

-- What a player is to be told. GUID is derived from session, version, player and kind, so that
-- telling the same thing twice finds the row there.
CREATE TABLE notification (
    ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    GUID VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    CreatedTime TIMESTAMP(3) NOT NULL,
    UpdatedTime TIMESTAMP(3) NOT NULL,
    Player_ID BIGINT UNSIGNED NOT NULL,
    GameSession_ID BIGINT UNSIGNED NOT NULL,
    SessionVersion BIGINT NOT NULL,
    Kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    Status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    UNIQUE KEY notification_guid (GUID),
    KEY notification_inbox (Player_ID, ID),
    FOREIGN KEY (Player_ID) REFERENCES player (ID),
    FOREIGN KEY (GameSession_ID) REFERENCES gamesession (ID)
) DEFAULT CHARSET = utf8mb4;
