-- Gives queued tickets their seats. ARGV: now, then for each ticket player, ticket, seats of a new
-- session, id of a new session. Answers how many were placed, and how many sessions are ready.
local now = tonumber(ARGV[1])
local seats_left = {}
local placed = 0
for i = 2, #ARGV, 4 do
  if place(ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], now, seats_left) then
    placed = placed + 1
  end
end
return {placed, redis.call('SCARD', 'SessionsReady')}
