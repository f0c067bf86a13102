-- Gives back seats of players who are gone, and removes sessions without players, oldest first.
-- ARGV: now, how many to skip, how many to look at. Answers how many were seen, and how many of them
-- are gone.
local now, first, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local seen = redis.call('ZRANGE', 'SessionsCreationTime', first, first + most - 1)
for _, session in ipairs(seen) do
  local bucket = redis.call('HGET', session_key(session), 'MatchmakingSettings')
  for _, player in ipairs(redis.call('SMEMBERS', members_key(session))) do
    local known = redis.call('HMGET', player_key(player), 'Session', 'Status')
    if known[1] ~= session or known[2] ~= 'searching' then unseat(player, session, now) end
  end
  if redis.call('SCARD', members_key(session)) == 0 or not bucket then
    for _, any in ipairs(bucket and {bucket} or buckets()) do remove_session(session, any) end
  end
end
local left = 0
for _, session in ipairs(seen) do
  if redis.call('ZSCORE', 'SessionsCreationTime', session) then left = left + 1 end
end
return {#seen, #seen - left}
