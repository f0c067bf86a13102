-- What every script of the pool begins with: the keys, and the steps that several of them take.
-- A ticket is open while its player's hash names it and is not matched. A session is open while it
-- has free seats, ready when it has none, allocated once it has a server, and done once all its
-- players were told. In a bucket at most one session is open, so whoever waits there waits because
-- there are too few. Scores and times are UNIX seconds with a fraction.

local function player_key(id) return 'Player:' .. id end
local function session_key(id) return 'Session:' .. id end
local function members_key(id) return 'SessionPlayers:' .. id end
local function ticket_key(id) return 'Ticket:' .. id end
local function open_key(bucket) return 'SessionsPerMatchmaking:' .. bucket end
local function waiting_key(bucket) return 'PlayersPerMatchmaking:' .. bucket end
local function waits_key(bucket) return 'Waits:' .. bucket end
local function matches_key(bucket, now) return 'Matches:' .. bucket .. ':' .. math.floor(now / 60) end

local WAITS_KEPT = 200
local WAITS_SECONDS = 900

-- Players by the time when they began to wait, ties by id.
local function by_wait(ids)
  local since = {}
  for _, id in ipairs(ids) do
    since[id] = tonumber(redis.call('ZSCORE', 'PlayersTimeStartedMatchmaking', id)) or 0
  end
  table.sort(ids, function(a, b)
    if since[a] ~= since[b] then return since[a] < since[b] end
    return a < b
  end)
  return ids
end

-- The sessions of a bucket that have free seats, oldest first, ties by id.
local function open_sessions(bucket)
  local ids = redis.call('SMEMBERS', open_key(bucket))
  if #ids < 2 then return ids end
  local created = {}
  for _, id in ipairs(ids) do
    created[id] = tonumber(redis.call('ZSCORE', 'SessionsCreationTime', id)) or 0
  end
  table.sort(ids, function(a, b)
    if created[a] ~= created[b] then return created[a] < created[b] end
    return a < b
  end)
  return ids
end

-- All buckets that were asked for lately, and those that somebody waits in.
local function buckets() return redis.call('ZRANGE', 'MatchmakingBuckets', 0, -1) end

-- Remembers how a ticket ended, for as long as somebody may still come with it.
local function finish(ticket, outcome, seconds)
  redis.call('SET', ticket_key(ticket), outcome, 'EX', math.ceil(tonumber(seconds)))
end

-- Nobody looks for a match for this player any longer.
local function stop_waiting(player, bucket)
  redis.call('ZREM', 'PlayersTimeStartedMatchmaking', player)
  redis.call('ZREM', waiting_key(bucket), player)
end

local function forget(player, bucket)
  stop_waiting(player, bucket)
  redis.call('DEL', player_key(player))
end

local function new_session(session, bucket, seats, now)
  redis.call('HSET', session_key(session),
    'Capacity', seats, 'Seats', seats, 'MatchmakingSettings', bucket)
  redis.call('SADD', open_key(bucket), session)
  redis.call('ZADD', 'SessionsCreationTime', now, session)
end

-- An open session has become full: it waits for a server now, which may have to be asked for.
local function make_ready(session, bucket, now)
  redis.call('SREM', open_key(bucket), session)
  redis.call('SADD', 'SessionsReady', session)
  redis.call('ZADD', 'SessionsReadyByAge',
    redis.call('ZSCORE', 'SessionsCreationTime', session) or now, session)
  if redis.call('HEXISTS', session_key(session), 'ScaleOutAt') == 0 then
    redis.call('ZADD', 'SessionsToScaleOut', now, session)
  end
end

-- A session is no longer one that waits for a server. Returns whether it was.
local function not_ready(session)
  redis.call('ZREM', 'SessionsReadyByAge', session)
  redis.call('ZREM', 'SessionsToScaleOut', session)
  return redis.call('SREM', 'SessionsReady', session) == 1
end

local function remove_session(session, bucket)
  redis.call('SREM', open_key(bucket), session)
  not_ready(session)
  redis.call('ZREM', 'SessionsCreationTime', session)
  redis.call('DEL', session_key(session), members_key(session))
end

-- Moves players from the youngest of several open sessions to the oldest, until one is open.
local function merge(bucket, now)
  local open = open_sessions(bucket)
  while #open > 1 do
    local old, young = open[1], open[#open]
    local free = tonumber(redis.call('HGET', session_key(old), 'Capacity'))
    local players = by_wait(redis.call('SMEMBERS', members_key(young)))
    local moved = math.min(free, #players)
    for i = 1, moved do
      redis.call('SMOVE', members_key(young), members_key(old), players[i])
      redis.call('HSET', player_key(players[i]), 'Session', old)
    end
    redis.call('HINCRBY', session_key(young), 'Capacity', moved)
    if redis.call('HINCRBY', session_key(old), 'Capacity', -moved) == 0 then
      make_ready(old, bucket, now)
      table.remove(open, 1)
    end
    if moved == #players then
      remove_session(young, bucket)
      table.remove(open)
    end
  end
end

-- Takes a player out of a session that is open or ready, and gives the seat back.
local function unseat(player, session, now)
  if redis.call('SREM', members_key(session), player) == 0 then return end
  local bucket = redis.call('HGET', session_key(session), 'MatchmakingSettings')
  if not bucket then return end
  redis.call('HINCRBY', session_key(session), 'Capacity', 1)
  if redis.call('SCARD', members_key(session)) == 0 then
    remove_session(session, bucket)
    return
  end
  if not_ready(session) then
    redis.call('SADD', open_key(bucket), session)
    merge(bucket, now)
  end
end

-- Makes a ticket for a player who has none that is open, and waits since a time: 'taken', 'again' if
-- it is this very one, 'open' and the other one, or 'finished' and how.
local function take(player, ticket, name, bucket, timeout, remember, since)
  local finished = redis.call('GET', ticket_key(ticket))
  if finished then return {'finished', finished} end
  local known = redis.call('HMGET', player_key(player), 'Ticket', 'Status')
  if known[1] == ticket then return {'again', ticket} end
  if known[1] and known[2] ~= 'matched' then return {'open', known[1]} end
  redis.call('DEL', player_key(player))
  redis.call('HSET', player_key(player), 'Name', name, 'MatchmakingSettings', bucket,
    'Ticket', ticket, 'Status', 'queued', 'QueuedAt', since, 'Timeout', timeout,
    'Remember', remember)
  redis.call('ZADD', 'PlayersTimeStartedMatchmaking', since, player)
  redis.call('ZADD', waiting_key(bucket), since, player)
  redis.call('ZADD', 'MatchmakingBuckets', since, bucket)
  return {'taken', ticket}
end

-- Gives a ticket that is queued a seat: in the oldest session of its bucket that has one free, or
-- in a new one of that id. Returns whether it was queued. `seats_left` remembers between calls.
local function place(player, ticket, seats, new_id, now, seats_left)
  local known = redis.call('HMGET', player_key(player), 'Ticket', 'Status', 'MatchmakingSettings')
  if known[1] ~= ticket or known[2] ~= 'queued' then return false end
  local bucket = known[3]
  local open = seats_left[bucket]
  if not open then
    local session = open_sessions(bucket)[1]
    if session then
      open = {session, tonumber(redis.call('HGET', session_key(session), 'Capacity'))}
    else
      new_session(new_id, bucket, seats, now)
      open = {new_id, tonumber(seats)}
    end
    seats_left[bucket] = open
  end
  redis.call('SADD', members_key(open[1]), player)
  redis.call('HSET', player_key(player), 'Session', open[1], 'Status', 'searching')
  open[2] = open[2] - 1
  redis.call('HSET', session_key(open[1]), 'Capacity', open[2])
  if open[2] == 0 then
    make_ready(open[1], bucket, now)
    seats_left[bucket] = nil
  end
  return true
end

-- Puts a server back among those that are free.
local function free_server(server)
  redis.call('HDEL', 'ServersInUse', server)
  redis.call('SREM', 'ServersConfirmed', server)
  redis.call('ZREM', 'ServersToFree', server)
  redis.call('SADD', 'ServersAvailable', server)
end

-- A server says that it is free. One that was given to a session is believed if it was seen in use
-- since, or names that session; otherwise it may not have met its players yet, and is free later.
local function says_free(server, session, now, grace)
  local given = redis.call('HGET', 'ServersInUse', server)
  if not given or given == '' then
    free_server(server)
    return
  end
  if session ~= '' and session ~= given then return end
  local lease = redis.call('ZSCORE', 'SessionsAllocated', given)
  local allocated = tonumber(redis.call('HGET', session_key(given), 'AllocatedAt') or 0)
  local believed = session ~= '' or redis.call('SISMEMBER', 'ServersConfirmed', server) == 1
  if not lease and (believed or now - allocated >= tonumber(grace)) then
    free_server(server)
  else
    redis.call('ZADD', 'ServersToFree', math.max(tonumber(lease) or 0, allocated + grace), server)
  end
end

-- A server says that it is in use; which is old news if it names another session than its own.
local function says_in_use(server, session)
  local given = redis.call('HGET', 'ServersInUse', server)
  if not given then
    redis.call('HSET', 'ServersInUse', server, '')
    redis.call('SREM', 'ServersAvailable', server)
  elseif given ~= '' and session ~= '' and session ~= given then
    return
  end
  redis.call('SADD', 'ServersConfirmed', server)
  redis.call('ZREM', 'ServersToFree', server)
end

local function renew(server, now, lease)
  redis.call('ZREM', 'ServersLost', server)
  redis.call('ZADD', 'ServersLease', now + lease, server)
end

-- When the lease ends under which the players of a server's session are told of it; nil if there are
-- none to be told. Until then a server stays with its session, whatever becomes of it.
local function telling_until(server)
  local given = redis.call('HGET', 'ServersInUse', server)
  return given and tonumber(redis.call('ZSCORE', 'SessionsAllocated', given))
end

-- Takes a server out of play; what it is registered as stays.
local function withdraw(server)
  redis.call('SREM', 'ServersAvailable', server)
  redis.call('SREM', 'ServersConfirmed', server)
  redis.call('ZREM', 'ServersToFree', server)
  redis.call('ZREM', 'ServersLease', server)
  if not telling_until(server) then redis.call('HDEL', 'ServersInUse', server) end
end

-- Puts servers that were not heard of within their lease among the lost.
local function lose_servers(now)
  for _, server in ipairs(redis.call('ZRANGEBYSCORE', 'ServersLease', '-inf', now)) do
    if not telling_until(server) then
      withdraw(server)
      redis.call('ZADD', 'ServersLost', now, server)
    end
  end
end

-- Frees the servers whose word could not be taken at once.
local function free_due_servers(now)
  for _, server in ipairs(redis.call('ZRANGEBYSCORE', 'ServersToFree', '-inf', now)) do
    local lease = telling_until(server)
    if lease then
      redis.call('ZADD', 'ServersToFree', math.max(lease, now + 1), server)
    else
      free_server(server)
    end
  end
end
