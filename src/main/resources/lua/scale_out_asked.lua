-- Servers have been asked for, for these sessions. ARGV: now, then the sessions.
for i = 2, #ARGV do
  redis.call('ZREM', 'SessionsToScaleOut', ARGV[i])
  if redis.call('EXISTS', session_key(ARGV[i])) == 1 then
    redis.call('HSET', session_key(ARGV[i]), 'ScaleOutAt', ARGV[1])
  end
end
return 0
