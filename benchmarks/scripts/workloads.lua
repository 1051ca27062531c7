-- The benchmark's workloads in Lua: what a chunk returns is what the host calls.

local workloads = {}

function workloads.add(a, b)
  return (a + b) % 4294967296
end

function workloads.receive(data)
  if data == "" then
    return 0
  end
  return (#data + data:byte(1) + data:byte(-1)) % 4294967296
end

function workloads.sum(data)
  local total = 0
  for i = 1, #data do
    total = total + data:byte(i)
  end
  return total
end

function workloads.echo(text)
  return text
end

local MESSAGES = { "connected", "request served", "page not found", "closed by peer" }

function workloads.rows(count)
  local rows = {}
  for id = 0, count - 1 do
    rows[id + 1] = { id = id, message = MESSAGES[id % #MESSAGES + 1] }
  end
  return rows
end

-- A recursive descent evaluator, one function for each level of precedence.
-- `text` and `position` are what the functions share; the chunk is single-threaded.
local text, position
local read_sum, read_unary

local function accept(symbol)
  position = text:find("[^ ]", position) or #text + 1
  if text:sub(position, position) ~= symbol then
    return false
  end
  position = position + 1
  return true
end

local function read_atom()
  if accept("(") then
    local value = read_sum()
    if not accept(")") then
      error("malformed")
    end
    return value
  end
  local first, last = text:find("^%d+%.?%d*", position)
  if not first then
    error("malformed")
  end
  position = last + 1
  return tonumber(text:sub(first, last))
end

local function read_power()
  local base = read_atom()
  if accept("^") then
    return base ^ read_unary()
  end
  return base
end

function read_unary()
  if accept("-") then
    return -read_unary()
  end
  return read_power()
end

local function read_product()
  local value = read_unary()
  while true do
    if accept("*") then
      value = value * read_unary()
    elseif accept("/") then
      value = value / read_unary()
    else
      return value
    end
  end
end

function read_sum()
  local value = read_product()
  while true do
    if accept("+") then
      value = value + read_product()
    elseif accept("-") then
      value = value - read_product()
    else
      return value
    end
  end
end

function workloads.evaluate(expression)
  text, position = expression, 1
  local succeeded, value = pcall(read_sum)
  if succeeded and not text:find("[^ ]", position) then
    return value
  end
  return 0 / 0
end

return workloads
