-- Figures. ARGV: now, how many buckets at most, the last used first. Answers for each bucket its
-- name, depth, the score of who waits longest or '', the waits of the last minutes, the matches of
-- each of the last five; then how many buckets there are, how many servers are free, given to a
-- session whose players are still to be told, in use, and lost.
local now = tonumber(ARGV[1])
local buckets = {}
for _, bucket in ipairs(redis.call('ZREVRANGE', 'MatchmakingBuckets', 0, ARGV[2] - 1)) do
  local oldest = redis.call('ZRANGE', waiting_key(bucket), 0, 0, 'WITHSCORES')
  local matches = {}
  for minute = 0, 4 do
    matches[#matches + 1] =
      tonumber(redis.call('GET', matches_key(bucket, now - 60 * minute)) or 0)
  end
  buckets[#buckets + 1] = {bucket, redis.call('ZCARD', waiting_key(bucket)), oldest[2] or '',
    redis.call('LRANGE', waits_key(bucket), 0, WAITS_KEPT - 1), matches}
end
local leased = redis.call('ZCARD', 'SessionsAllocated')
return {buckets, redis.call('ZCARD', 'MatchmakingBuckets'),
  redis.call('SCARD', 'ServersAvailable'), leased, redis.call('HLEN', 'ServersInUse') - leased,
  redis.call('ZCARD', 'ServersLost')}
