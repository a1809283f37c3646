#!/usr/bin/perl
# Everything we say to people is said in every language: each word of the
# programs and templates is in po/<language>.po, translated, not guessed
# (fuzzy), and with the same {1} {2} {3}.
use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));

chdir($ENV{srcdir} || '.') or exit 99;

my $complaints = 0;

sub complain {
	print @_, "\n";
	$complaints++;
}

# The entries of a catalogue: what stands behind each keyword, by keyword, and
# `fuzzy`. Obsolete entries (#~) are left out.
sub entries {
	my ($text) = @_;
	my @entries;

	for my $block (split /\n\s*\n/, $text) {
		my %entry;
		my $keyword;

		for (split /\n/, $block) {
			$entry{fuzzy} = 1 if /^#,.*\bfuzzy\b/;
			next if /^#/;
			$keyword = $1 if s/^(msg\w+(?:\[\d\])?)\s+(?=")//;
			$entry{$keyword} .= $1 if defined $keyword && /^"(.*)"\s*$/;
		}
		push @entries, \%entry if length($entry{msgid} // '');
	}
	return @entries;
}

sub key {
	my ($entry) = @_;

	return ($entry->{msgctxt} // '') . "\004" . $entry->{msgid};
}

sub placeholders {
	my ($text) = @_;
	my %seen = map { $_ => 1 } $text =~ /\{[^{}\s]*\}/g;

	return join ' ', sort keys %seen;
}

sub translations {
	my ($entry) = @_;

	return map { $entry->{$_} } sort grep { /^msgstr/ } keys %$entry;
}

# A singular may spell its number out; the plural may not lose it.
sub check_placeholders {
	my ($where, $entry) = @_;
	my ($one, $many) = @$entry{qw(msgid msgid_plural)};

	for my $text (translations($entry)) {
		next if placeholders($text) eq placeholders($many // $one);
		next if defined $many && $text eq $entry->{'msgstr[0]'}
			&& placeholders($text) eq placeholders($one);
		complain("$where: other {1} {2} {3} than in the text: $one");
	}
}

sub check_catalogue {
	my ($where, $text, @wanted) = @_;
	my %has = map { key($_) => $_ } entries($text);

	for (@wanted) {
		my $entry = $has{key($_)};

		if (!$entry) {
			complain("$where: missing, run make update-po: $_->{msgid}");
		} elsif ($entry->{fuzzy}) {
			complain("$where: a guess that nobody has read (fuzzy): $_->{msgid}");
		} elsif (grep { $_ eq '' } translations($entry)) {
			complain("$where: not translated: $_->{msgid}");
		} else {
			check_placeholders($where, $entry);
		}
	}
}

# Marked one by one, a singular and its plural are two words to xgettext, and
# no language could decline them.
sub check_pairs {
	for my $file (glob('src/*/*.c'), glob('cgi-bin/*/*.c')) {
		open(my $c, '<', $file) or die "$file: $!\n";
		my $text = do { local $/; <$c> } // '';
		close($c);
		complain("$file: words_many and words_in take plain literals: $1")
			while $text =~ /\bwords_(?:many|in)\s*\([^()]*\bN?_\(("[^"]*")/g;
	}
}

check_pairs();

open(my $pot, '-|', 'po/extract') or die "po/extract: $!\n";
my @wanted = entries(do { local $/; <$pot> } // '');
close($pot) or complain('po/extract: failed');

my @catalogues = glob('po/*.po');
complain('po: no catalogue') unless @catalogues;
for my $file (@catalogues) {
	open(my $po, '<', $file) or die "$file: $!\n";
	check_catalogue($file, do { local $/; <$po> } // '', @wanted);
	close($po);
}
exit($complaints > 0);
