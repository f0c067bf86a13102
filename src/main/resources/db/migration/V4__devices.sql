-- InstalledTime: when the push service was last known to have the installation as it stands here;
-- NULL when it is still to be told.
ALTER TABLE player_device ADD COLUMN InstalledTime TIMESTAMP(3) NULL;
