-- Sees to it that a ticket, whose request is under way, has a seat: also when Redis has lost it.
-- ARGV: now, player, ticket, name, bucket, timeout, seconds to remember it, since when it waits,
-- seats of a new session, id of a new session. Answers 'finished' and how, or 'searching' and whether
-- this has placed it (1 or 0), now or when it was run before: then that answer may have been lost.
local now = tonumber(ARGV[1])
local player, ticket = ARGV[2], ARGV[3]
local taken = take(player, ticket, ARGV[4], ARGV[5], ARGV[6], ARGV[7], ARGV[8])
if taken[1] == 'finished' then return taken end
if taken[1] == 'open' then
  -- A player's request is one orchestration, and it is this one: the other ticket never became one.
  local other = redis.call('HMGET', player_key(player), 'Session', 'MatchmakingSettings', 'Remember')
  if other[1] then unseat(player, other[1], now) end
  forget(player, other[2])
  finish(taken[2], 'refused', other[3])
  take(player, ticket, ARGV[4], ARGV[5], ARGV[6], ARGV[7], ARGV[8])
end
if place(player, ticket, ARGV[9], ARGV[10], now, {}) then
  redis.call('HSET', player_key(player), 'Sought', 1)
end
return {'searching', tostring(redis.call('HEXISTS', player_key(player), 'Sought'))}
