-- Gives servers to sessions that are ready, oldest first, and finds the hand-overs whose lease has
-- lapsed without word that they were sent. ARGV: now, lease in seconds, how many at most. Answers
-- the hand-overs to send, as JSON, and session after session, each with its bucket, for which a
-- server is to be asked for: none is free, and none was asked for yet.
local now, lease, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local hand_overs, missing = {}, {}

for _, session in ipairs(
  redis.call('ZRANGEBYSCORE', 'SessionsAllocated', '-inf', now, 'LIMIT', 0, most)) do
  redis.call('ZADD', 'SessionsAllocated', now + lease, session)
  local hand_over = redis.call('HGET', session_key(session), 'HandOver')
  if hand_over then
    hand_overs[#hand_overs + 1] = hand_over
  else
    -- Somebody has deleted the hash, or Redis has evicted it.
    redis.call('ZREM', 'SessionsAllocated', session)
  end
end

local function allocate(session, server)
  local address = redis.call('HGET', 'Servers', server)
  local bucket = redis.call('HGET', session_key(session), 'MatchmakingSettings')
  local told, remember = {}, 0
  for i, player in ipairs(redis.call('SMEMBERS', members_key(session))) do
    local known = redis.call('HMGET', player_key(player), 'Ticket', 'QueuedAt', 'Remember')
    told[i] = {playerId = player, ticketId = known[1]}
    -- It is remembered for as long as the player is to be told, and from then on as asked.
    redis.call('SET', ticket_key(known[1]), 'matched|' .. session .. '|' .. address)
    remember = math.max(remember, known[3])
    redis.call('HSET', player_key(player), 'Status', 'matched')
    stop_waiting(player, bucket)
    redis.call('LPUSH', waits_key(bucket), string.format('%.3f %.3f', now, math.max(0, now - known[2])))
  end
  redis.call('LTRIM', waits_key(bucket), 0, WAITS_KEPT - 1)
  redis.call('EXPIRE', waits_key(bucket), WAITS_SECONDS)
  redis.call('INCR', matches_key(bucket, now))
  redis.call('EXPIRE', matches_key(bucket, now), WAITS_SECONDS)
  local hand_over = cjson.encode({sessionId = session, server = address, players = told})
  redis.call('HSET', session_key(session), 'Server', address, 'ServerId', server,
    'AllocatedAt', now, 'HandOver', hand_over, 'Remember', remember)
  not_ready(session)
  redis.call('ZREM', 'SessionsCreationTime', session)
  redis.call('ZADD', 'SessionsAllocated', now + lease, session)
  redis.call('HSET', 'ServersInUse', server, session)
  return hand_over
end

lose_servers(now)
free_due_servers(now)
while #hand_overs < most do
  local session = redis.call('ZRANGE', 'SessionsReadyByAge', 0, 0)[1]
  local server = session and redis.call('SPOP', 'ServersAvailable')
  if not server then break end
  hand_overs[#hand_overs + 1] = allocate(session, server)
end

if redis.call('SCARD', 'ServersAvailable') == 0 then
  for _, session in ipairs(
    redis.call('ZRANGEBYSCORE', 'SessionsToScaleOut', '-inf', now, 'LIMIT', 0, 1000)) do
    redis.call('ZADD', 'SessionsToScaleOut', now + lease, session)
    missing[#missing + 1] = session
    missing[#missing + 1] = redis.call('HGET', session_key(session), 'MatchmakingSettings')
  end
end
return {hand_overs, missing}
