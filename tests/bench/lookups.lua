-- What wrk asks: the addresses in a file, one after another, each with a number of its own behind it where they must
-- not come from a cache. Call: wrk -s lookups.lua URL -- FILE ACCEPT [unique]
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  paths = {}
  for line in io.lines(arguments[1]) do paths[#paths + 1] = line end
  wrk.headers["Accept"] = arguments[2]
  unique = arguments[3] == "unique"
  asked = number * 7919
end

function request()
  asked = asked + 1
  local path = paths[asked % #paths + 1]
  if unique then path = path .. "%23" .. number .. "." .. asked end
  return wrk.format("GET", path)
end

function done(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format("RESULT %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99)))
  io.write(string.format("FAILED %d\n", failed.connect + failed.read + failed.write + failed.status + failed.timeout))
end
