#!/usr/bin/perl
# The rules of sql/README.md that can be seen in the files: tables name engine,
# charset and collation; their names begin with as_; times are DATETIME(6);
# nothing is deleted by the database itself; everything can be run twice; the
# steps are numbered without a gap, up to SCHEMA_VERSION.
use strict;
use warnings;

chdir($ENV{srcdir} // '.') or die;
my $rc = 0;
sub wrong { print "@_\n"; $rc = 1; }

# The statements of a file, each with the line it begins on, without comments.
sub statements {
	my ($file) = @_;
	open my $in, '<', $file or die "$file: $!\n";
	my ($text, $line, @out) = ('');
	while (<$in>) {
		s/--.*//;
		next unless length $text || /\S/;
		$line = $. unless length $text;
		$text .= $_;
		if (/;\s*$/) {
			push @out, [$line, $text];
			$text = '';
		}
	}
	wrong("$file:$line: no ; at the end of a line") if $text =~ /\S/;
	return @out;
}

sub check_types {
	my ($at, $sql) = @_;
	wrong("$at: TIMESTAMP ends in 2038; write DATETIME(6)") if $sql =~ /\bTIMESTAMP\b/i;
	wrong("$at: a time is DATETIME(6)") if $sql =~ /\bDATETIME\b(?!\s*\(6\))/i;
	wrong("$at: what disappears is named in a statement, never by CASCADE")
		if $sql =~ /\bON\s+DELETE\s+(CASCADE|SET)/i;
	wrong("$at: FLOAT and DOUBLE are no money") if $sql =~ /\b(FLOAT|DOUBLE)\b/i;
}

sub check_statement {
	my ($at, $sql) = @_;
	check_types($at, $sql);
	if ($sql =~ /^\s*CREATE\s+(\w+)\s+(IF\s+NOT\s+EXISTS\s+)?`?(\w+)/i) {
		my ($what, $guarded, $name) = (uc $1, $2, $3);
		wrong("$at: CREATE $what $name without IF NOT EXISTS") unless $guarded;
		wrong("$at: $name does not begin with as_")
			if $what =~ /^(TABLE|SEQUENCE)$/ && $name !~ /^as_/;
		wrong("$at: as_shop_ is for the views of a shop: $name")
			if $name =~ /^as_shop_/;
		return if $what ne 'TABLE';
		my ($end) = $sql =~ /.*\)(.*)/s;
		wrong("$at: $name names no engine") unless $end =~ /\bENGINE\s*=\s*InnoDB\b/i;
		wrong("$at: $name names no charset")
			unless $end =~ /\bCHARSET\s*=\s*utf8mb4\b/i;
		wrong("$at: $name names no collation") unless $end =~ /\bCOLLATE\s*=\s*\w+/i;
	}
	if ($sql =~ /^\s*ALTER\s+TABLE\s/i) {
		wrong("$at: ADD without IF NOT EXISTS")
			if $sql =~ /\bADD\s+(?!CONSTRAINT)(COLUMN|INDEX|KEY|UNIQUE\s+(INDEX|KEY))\s+(?!IF\s+NOT\s+EXISTS)/i
			or $sql =~ /\bADD\s+(?!COLUMN|INDEX|KEY|UNIQUE|CONSTRAINT)/i;
		wrong("$at: DROP without IF EXISTS")
			if $sql =~ /\bDROP\s+(COLUMN|INDEX|KEY)\s+(?!IF\s+EXISTS)/i;
	}
	wrong("$at: DROP without IF EXISTS") if $sql =~ /^\s*DROP\s+\w+\s+(?!IF\s+EXISTS)/i;
	wrong("$at: an INSERT that cannot be run twice; INSERT IGNORE or ON DUPLICATE KEY")
		if $sql =~ /^\s*INSERT\s+(?!IGNORE)/i && $sql !~ /ON\s+DUPLICATE\s+KEY/i;
}

my @steps = sort glob('sql/step/*.sql');
for my $file (sort(glob('sql/*.sql')), @steps) {
	check_statement("$file:$_->[0]", $_->[1]) for statements($file);
}
wrong("$_: a file here is called NN-name.sql")
	for grep { !m{/\d\d-[a-z-]+\.sql$} } glob('sql/*.sql');

my $n = 0;
for my $file (@steps) {
	$n++;
	wrong(sprintf '%s: the next step is called %04d-name.sql', $file, $n)
		unless $file =~ m{/(\d{4})-[a-z0-9-]+\.sql$} && $1 == $n;
}
if (open my $in, '<', 'include/store/schema.h') {
	my ($version) = join('', <$in>) =~ /SCHEMA_VERSION = (\d+)/;
	wrong("include/store/schema.h: SCHEMA_VERSION is not $n") if ($version // -1) != $n;
}
exit $rc;
