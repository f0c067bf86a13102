-- What a player wants of notifications. Locale: a BCP 47 tag; NULL for English. NegotiatedTime: when
-- a client of the player's last asked how to connect.

ALTER TABLE player
    ADD COLUMN Locale VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN NotificationsOff BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN NegotiatedTime TIMESTAMP(3) NULL;
