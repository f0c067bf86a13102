-- Takes out players whose time has long been over, longest waiting first. ARGV: now, how many
-- seconds after its time a ticket is left to its request, how many to skip, how many to look at.
-- Answers how many were seen, and how many of them are gone.
local now, grace = tonumber(ARGV[1]), tonumber(ARGV[2])
local first, most = tonumber(ARGV[3]), tonumber(ARGV[4])
local seen = redis.call('ZRANGE', 'PlayersTimeStartedMatchmaking', first, first + most - 1)
local gone = 0
for _, player in ipairs(seen) do
  local known = redis.call('HMGET', player_key(player),
    'Ticket', 'QueuedAt', 'Timeout', 'Session', 'MatchmakingSettings', 'Remember')
  if not known[1] then
    -- Somebody has deleted the hash, or Redis has evicted it.
    redis.call('ZREM', 'PlayersTimeStartedMatchmaking', player)
    for _, bucket in ipairs(buckets()) do redis.call('ZREM', waiting_key(bucket), player) end
    gone = gone + 1
  elseif known[2] + known[3] + grace < now then
    if known[4] then unseat(player, known[4], now) end
    forget(player, known[5])
    finish(known[1], 'timedOut', known[6])
    gone = gone + 1
  elseif known[4] and (redis.call('EXISTS', session_key(known[4])) == 0
    or redis.call('SISMEMBER', members_key(known[4]), player) == 0) then
    -- The same has befallen its session. Its request sees to it that the ticket is placed again.
    redis.call('HDEL', player_key(player), 'Session')
    redis.call('HSET', player_key(player), 'Status', 'queued')
  end
end
return {#seen, gone}
