# shellcheck shell=bash disable=SC2154
# man - the manual pages tell every command, check and key there is.

# told PAGE WORD
told() { grep -qE -- "(^|[ .-])$2( |$)" "$top/doc/$1" && ok || not "doc/$1 does not tell $2"; }

"$build/aftersale" --help | sed -n 's/^  aftersale \([a-z]*\) \{0,1\}\([a-z|]*\).*/\1 \2/p' >"$room/commands"
while read -r command words; do
	[ -n "$words" ] || told aftersale.1 "Nm Cm $command"
	for word in ${words//|/ }; do
		told aftersale.1 "Nm Cm $command $word"
	done
done <"$room/commands"
[ -s "$room/commands" ] && ok || not 'the help names commands'
for name in $(sed -n 's/^	{ "\([a-z]*\)", .*doctor_.*/\1/p' "$top/src/ctl/doctor.c"); do
	told aftersale.1 "It Cm $name"
done
# What can be kept in a file of its own is told once for all.
for key in $(sed -n 's/^#\{0,1\}\([a-z_]*\) = .*/\1/p' "$top/conf/aftersale.conf.sample" |
		sed '/_file$/d' | sort -u); do
	told aftersale.conf.5 "$key"
done
if command -v groff >/dev/null; then
	for page in "$top"/doc/*.[1-8]; do
		said=$(groff -mdoc -Tutf8 -wall -P -cbou "$page" 2>&1 >"$room/page" </dev/null)
		same "$said" '' "${page##*/} has no mistakes"
		grep -q 'NAME' "$room/page" && ok || not "${page##*/} can be read"
	done
fi
