-- Takes a ticket out of the queue. ARGV: now, player, ticket, how it ends, seconds to remember it.
-- Answers how it ended: as asked, or as it had ended before.
local now = tonumber(ARGV[1])
local player, ticket = ARGV[2], ARGV[3]
local finished = redis.call('GET', ticket_key(ticket))
if finished then return finished end
local known = redis.call('HMGET', player_key(player), 'Ticket', 'Session', 'MatchmakingSettings')
if known[1] == ticket then
  if known[2] then unseat(player, known[2], now) end
  forget(player, known[3])
end
finish(ticket, ARGV[4], ARGV[5])
return ARGV[4]
