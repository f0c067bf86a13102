-- Forgets a server. ARGV: server. Answers 1, or 0 for an unknown one. A session that it was given
-- to, and whose players are still to be told, keeps its address.
return forget_server(ARGV[1])
