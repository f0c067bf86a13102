-- The ticket of a player that is open, all its fields, or nothing. ARGV: player.
local known = redis.call('HMGET', player_key(ARGV[1]), 'Ticket', 'Name', 'MatchmakingSettings',
  'QueuedAt', 'Timeout', 'Status')
if not known[1] or known[6] == 'matched' then return {} end
return known
