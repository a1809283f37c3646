-- Plays the requests of a file, one a line, through wrk:
--
--	wrk ... -s wrk.lua URL -- FILE PREFIX SKIP ATTACHMENT|-
--
-- A line is path, cookie, If-None-Match, form; with tabs between. The form is
-- name=value&..., URL-encoded, and goes out as a browser's multipart. With an
-- attachment each post carries that file, with the line's number at its end.
-- No line is played twice when it has a form: then requests run out, and that
-- is told.
local lines, at, posts = {}, 0, false
local host, attachment
local boundary = "----aftersale-bench"

local function decoded(text)
	text = text:gsub("+", " ")
	return (text:gsub("%%(%x%x)", function(hex)
		return string.char(tonumber(hex, 16))
	end))
end

local function parts_of(form)
	local parts = {}
	for name, value in form:gmatch("([^&=]+)=([^&]*)") do
		parts[#parts + 1] = "--" .. boundary ..
			'\r\nContent-Disposition: form-data; name="' ..
			decoded(name) .. '"\r\n\r\n' .. decoded(value) .. "\r\n"
	end
	return table.concat(parts)
end

local function file_of(number)
	return "--" .. boundary .. '\r\nContent-Disposition: form-data; name="file";' ..
		' filename="receipt.pdf"\r\nContent-Type: application/pdf\r\n\r\n' ..
		attachment .. string.format("%020d", number) .. "\r\n"
end

local function read_line(line, prefix)
	local path, cookie, tag, form = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
	local headers = { Cookie = cookie, Host = host }
	path = path:gsub("^/help", prefix)
	if tag ~= "" then
		headers["If-None-Match"] = tag
	end
	if form == "" then
		return wrk.format("GET", path, headers)
	end
	posts = true
	headers["Content-Type"] = "multipart/form-data; boundary=" .. boundary
	return { path = path, headers = headers, fields = parts_of(form) }
end

function init(args)
	local skip, n = tonumber(args[3]), 0
	host = wrk.headers["Host"] or wrk.host .. ":" .. wrk.port
	if args[4] ~= "-" then
		attachment = assert(io.open(args[4], "rb")):read("*a")
	end
	for line in assert(io.open(args[1], "rb")):lines() do
		n = n + 1
		lines[n] = read_line(line, args[2])
	end
	if not posts then
		at = skip % n
	end
end

function request()
	local line
	at = at + 1
	if at > #lines then
		at = 1
		if posts then
			io.stderr:write("bench: out of requests\n")
		end
	end
	line = lines[at]
	if type(line) == "string" then
		return line
	end
	return wrk.format("POST", line.path, line.headers, line.fields ..
		(attachment and file_of(at + os.time() * 100000) or "") ..
		"--" .. boundary .. "--\r\n")
end

function done(summary, latency)
	local e = summary.errors
	print(string.format("bench %d %d %.3f %.3f %d", summary.requests,
		summary.duration, latency:percentile(50) / 1000,
		latency:percentile(99) / 1000, e.connect + e.read + e.write + e.timeout))
end
