-- Reads all of Redis and tells what should not be, one line each, a hundred at most. It takes a
-- moment for each key, in which Redis does nothing else.
local wrong = {}
local function expect(holds, ...)
  if not holds and #wrong < 100 then wrong[#wrong + 1] = table.concat({...}, ' ') end
end

local function ids(prefix)
  local found = {}
  for _, key in ipairs(redis.call('KEYS', prefix .. '*')) do
    found[#found + 1] = string.sub(key, #prefix + 1)
  end
  return found
end

local function has(kind, key, member)
  if kind == 'set' then return redis.call('SISMEMBER', key, member) == 1 end
  if kind == 'zset' then return redis.call('ZSCORE', key, member) and true or false end
  return redis.call('HEXISTS', key, member) == 1
end

for _, player in ipairs(ids('Player:')) do
  local known = redis.call('HMGET', player_key(player), 'Ticket', 'Status', 'Session',
    'MatchmakingSettings')
  local ticket, status, session, bucket = known[1], known[2], known[3], known[4]
  if not ticket or not status or not bucket then
    expect(false, 'player', player, 'has no ticket, status or bucket')
  else
    local open = status ~= 'matched'
    expect(has('zset', 'PlayersTimeStartedMatchmaking', player) == open,
      'player', player, 'is', status, 'against PlayersTimeStartedMatchmaking')
    expect(has('zset', waiting_key(bucket), player) == open,
      'player', player, 'is', status, 'against', waiting_key(bucket))
    expect((redis.call('EXISTS', ticket_key(ticket)) == 0) == open,
      'player', player, 'is', status, 'against', ticket_key(ticket))
    expect((status == 'queued') == not session, 'player', player, 'is', status, 'in', session or 'none')
    if status == 'searching' and session then
      expect(has('set', members_key(session), player), 'player', player, 'has no seat in', session)
      expect(has('zset', 'SessionsCreationTime', session),
        'player', player, 'waits in', session, 'which is not waiting')
    end
  end
end
for _, player in ipairs(redis.call('ZRANGE', 'PlayersTimeStartedMatchmaking', 0, -1)) do
  expect(redis.call('EXISTS', player_key(player)) == 1,
    'player', player, 'waits without a hash')
end
for _, bucket in ipairs(ids('PlayersPerMatchmaking:')) do
  for _, player in ipairs(redis.call('ZRANGE', waiting_key(bucket), 0, -1)) do
    expect(redis.call('HGET', player_key(player), 'MatchmakingSettings') == bucket,
      'player', player, 'waits in another bucket than', bucket)
  end
end

local seat_of = {}
for _, session in ipairs(ids('Session:')) do
  local known = redis.call('HMGET', session_key(session), 'Capacity', 'Seats',
    'MatchmakingSettings', 'ServerId', 'HandOver')
  local capacity, seats, bucket = tonumber(known[1] or -1), tonumber(known[2] or -1), known[3] or ''
  local members = redis.call('SMEMBERS', members_key(session))
  local open = has('set', open_key(bucket), session)
  local ready = has('set', 'SessionsReady', session)
  local allocated = has('zset', 'SessionsAllocated', session)
  local waiting = has('zset', 'SessionsCreationTime', session)
  local ends = redis.call('PTTL', session_key(session))
  local done = ends >= 0
  -- In the end its keys go one after another.
  local ending = done and ends < 1000
  expect(ending or capacity >= 0 and seats >= 2 and capacity == seats - #members,
    'session', session, 'of', seats, 'seats has', #members, 'players and', capacity, 'free')
  expect(ending or #members > 0, 'session', session, 'is empty')
  expect(((open and 1 or 0) + (ready and 1 or 0) + (allocated and 1 or 0) + (done and 1 or 0)) == 1,
    'session', session, 'is not one of open, ready, allocated, done')
  expect(waiting == (open or ready), 'session', session, 'against SessionsCreationTime')
  expect(redis.call('ZSCORE', 'SessionsReadyByAge', session)
    == (ready and redis.call('ZSCORE', 'SessionsCreationTime', session)),
    'session', session, 'against SessionsReadyByAge')
  expect(open == (capacity > 0), 'session', session, 'has', capacity, 'free against', open_key(bucket))
  expect((known[4] and true or false) == (allocated or done), 'session', session, 'against its server')
  if allocated then
    expect(known[5] and true or false, 'session', session, 'has no hand-over')
    expect(redis.call('HGET', 'ServersInUse', known[4] or '') == session,
      'session', session, 'has lost its server', known[4] or '')
  end
  if has('zset', 'SessionsToScaleOut', session) then
    expect(ready, 'session', session, 'is not ready, but a server is asked for')
  end
  if waiting then
    for _, player in ipairs(members) do
      expect(not seat_of[player], 'player', player, 'has seats in', session, seat_of[player] or '')
      seat_of[player] = session
      local state = redis.call('HMGET', player_key(player), 'Session', 'Status', 'MatchmakingSettings')
      expect(state[1] == session and state[2] == 'searching' and state[3] == bucket,
        'session', session, 'keeps a seat for', player, 'who is', state[2] or 'gone')
    end
  end
end
for _, session in ipairs(ids('SessionPlayers:')) do
  expect(redis.call('EXISTS', session_key(session)) == 1
    or redis.call('PTTL', members_key(session)) >= 0, 'session', session, 'has players only')
end
for _, bucket in ipairs(ids('SessionsPerMatchmaking:')) do
  local open = redis.call('SMEMBERS', open_key(bucket))
  expect(#open == 1, #open, 'sessions of', bucket, 'are open at once')
  for _, session in ipairs(open) do
    expect(redis.call('HGET', session_key(session), 'MatchmakingSettings') == bucket,
      'session', session, 'is open in', bucket)
  end
end
for _, key in ipairs({'SessionsReady', 'SessionsReadyByAge', 'SessionsAllocated',
  'SessionsCreationTime', 'SessionsToScaleOut'}) do
  local sessions = key == 'SessionsReady' and redis.call('SMEMBERS', key)
    or redis.call('ZRANGE', key, 0, -1)
  for _, session in ipairs(sessions) do
    expect(redis.call('EXISTS', session_key(session)) == 1, 'session', session, 'is only in', key)
  end
end

local served = {}
for _, server in ipairs(redis.call('HKEYS', 'Servers')) do
  local free = has('set', 'ServersAvailable', server)
  local used = has('hash', 'ServersInUse', server)
  local lost = has('zset', 'ServersLost', server)
  expect(((free and 1 or 0) + (used and 1 or 0) + (lost and 1 or 0)) == 1,
    'server', server, 'is not one of free, in use, lost')
  expect(has('zset', 'ServersLease', server) == not lost, 'server', server, 'against its lease')
end
local in_use = redis.call('HGETALL', 'ServersInUse')
for i = 1, #in_use, 2 do
  local server, session = in_use[i], in_use[i + 1]
  local telling = has('zset', 'SessionsAllocated', session)
  expect(has('hash', 'Servers', server) or telling, 'server', server, 'is in use, but unknown')
  local server_of = redis.call('HGET', session_key(session), 'ServerId')
  expect(server_of == server or redis.call('EXISTS', session_key(session)) == 0,
    'server', server, 'is in use for', session, 'which has', server_of or 'none')
  expect(session == '' or not served[session],
    'session', session, 'has servers', server, served[session] or '')
  served[session] = server
end
for _, key in ipairs({'ServersAvailable', 'ServersConfirmed'}) do
  for _, server in ipairs(redis.call('SMEMBERS', key)) do
    expect(has('hash', 'Servers', server), 'server', server, 'is only in', key)
  end
end
for _, key in ipairs({'ServersLease', 'ServersLost', 'ServersToFree'}) do
  for _, server in ipairs(redis.call('ZRANGE', key, 0, -1)) do
    expect(has('hash', 'Servers', server), 'server', server, 'is only in', key)
  end
end
return wrong
