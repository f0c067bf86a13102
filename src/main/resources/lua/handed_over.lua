-- The players of these sessions will be told. ARGV: for how many seconds the keys are kept, then
-- the sessions.
for i = 2, #ARGV do
  local session = ARGV[i]
  if redis.call('ZREM', 'SessionsAllocated', session) == 1 then
    for _, player in ipairs(redis.call('SMEMBERS', members_key(session))) do
      local known = redis.call('HMGET', player_key(player), 'Session', 'Status')
      if known[1] == session and known[2] == 'matched' then
        redis.call('EXPIRE', player_key(player), ARGV[1])
      end
    end
    local server = redis.call('HGET', session_key(session), 'ServerId')
    if redis.call('HEXISTS', 'Servers', server) == 0 then
      -- It was retired meanwhile.
      redis.call('HDEL', 'ServersInUse', server)
    end
    redis.call('EXPIRE', session_key(session), ARGV[1])
    redis.call('EXPIRE', members_key(session), ARGV[1])
  end
end
return 0
