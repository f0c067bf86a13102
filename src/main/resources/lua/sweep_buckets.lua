-- Forgets buckets that nobody has asked for since a time and nobody waits in. ARGV: that time.
local old = redis.call('ZRANGEBYSCORE', 'MatchmakingBuckets', '-inf', ARGV[1], 'LIMIT', 0, 1000)
for _, bucket in ipairs(old) do
  if redis.call('EXISTS', waiting_key(bucket)) == 0 then
    redis.call('ZREM', 'MatchmakingBuckets', bucket)
  end
end
return 0
