#!/usr/bin/perl
# Every class of the style sheet is one that a template, a script or a program
# gives to something: what nothing has any more goes with what had it. Of a
# class that is put together ("badge--<?cs …") the beginning is enough.
use strict;
use warnings;
use File::Find;

chdir($ENV{srcdir} || '.') or exit 99;

my $sheet = 'templates/assets/aftersale.css';

exit 0 if !-e $sheet;

sub text_of {
	my ($path) = @_;

	open(my $in, '<', $path) or die "$path: $!\n";
	local $/;
	return scalar <$in>;
}

my (%used, %begun);

sub note {
	my ($text) = @_;

	$begun{$1} = 1 while $text =~ /([\w-]+--)<\?cs/g;
	$used{$1} = 1 while $text =~ /([A-Za-z][\w-]*)/g;
}

# In a template what stands in class="" and what macros are called with; in
# scripts and programs whatever stands in quotes.
find({ no_chdir => 1, wanted => sub {
	return if !-f || !/\.(cs|js|c|h)$/;
	my $text = text_of($_);

	if (/\.cs$/) {
		note($1) while $text =~ /\bclass="((?:<\?cs.*?\?>|[^"])*)"/gs;
		note($1) while $text =~ /<\?cs (?:call:|def:)(.*?<\?cs \/def \?>|.*?\?>)/gs;
	} else {
		note($1) while $text =~ /["'`]([^"'`\n]*)["'`]/g;
	}
} }, grep { -d } qw(templates cgi-bin src));

my $css = text_of($sheet);
my (%seen, $complaints);

$css =~ s{/\*.*?\*/}{}gs;
$css =~ s/\{[^{}]*\}/{}/g;
while ($css =~ /\.([A-Za-z][\w-]*)/g) {
	my $class = $1;
	my ($family) = $class =~ /^(.*--)/;

	next if $seen{$class}++ || $used{$class} || ($family && $begun{$family});
	print "$sheet: nothing has the class $class\n";
	$complaints++;
}
exit($complaints ? 1 : 0);
