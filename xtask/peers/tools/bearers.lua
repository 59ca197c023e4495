-- wrk asks with the tokens of /tmp/tokens, one after the other.
local tokens = {}
for line in io.lines("/tmp/tokens") do
  tokens[#tokens + 1] = line
end

local number = 0
request = function()
  number = number % #tokens + 1
  wrk.headers["Authorization"] = "Bearer " .. tokens[number]
  return wrk.format()
end
