-- The players of these sessions will be told. ARGV: for how many seconds the keys are kept, then
-- the sessions.
local kept = tonumber(ARGV[1])
for i = 2, #ARGV do
  local session = ARGV[i]
  local known = redis.call('HMGET', session_key(session), 'HandOver', 'Remember', 'ServerId')
  if redis.call('ZREM', 'SessionsAllocated', session) == 1 and known[1] then
    for _, told in ipairs(cjson.decode(known[1]).players) do
      -- Not before its player's hash, which names it.
      redis.call('EXPIRE', ticket_key(told.ticketId), math.max(kept, math.ceil(known[2])))
      if redis.call('HGET', player_key(told.playerId), 'Ticket') == told.ticketId then
        redis.call('EXPIRE', player_key(told.playerId), kept)
      end
    end
    if redis.call('HEXISTS', 'Servers', known[3]) == 0 then
      -- It was retired meanwhile.
      redis.call('HDEL', 'ServersInUse', known[3])
    end
    redis.call('EXPIRE', session_key(session), kept)
    redis.call('EXPIRE', members_key(session), kept)
  end
end
return 0
