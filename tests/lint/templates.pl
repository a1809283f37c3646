#!/usr/bin/perl
# What ClearSilver 0.10.5 does not escape, our templates do not use; and what
# escaping alone does not make safe (addresses, attributes without quotes,
# scripts, styles) they write in one safe way only.
#
# A template is cut into text and commands. The text is followed through tags
# and attributes, so that for each command it is known where it prints.
use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));
use File::Find;

chdir($ENV{srcdir} || '.') or exit 99;

my $complaints = 0;
my ($file, $line);

sub complain {
	my ($why, $what) = @_;

	$what =~ s/\s+/ /g;
	print "$file:$line: $why: ", substr($what, 0, 60), "\n";
	$complaints++;
}

# --- Commands ---------------------------------------------------------------

# Functions a template may call, with the number of texts they begin with:
# those are translated, so they are written out, where xgettext finds them.
my %functions = (
	'_' => 1, say1 => 1, say2 => 1, say3 => 1, many => 2, in => 2,
	url => 0, paragraphs => 0, link => 0, column => 0,
	subcount => 0, first => 0, last => 0,
);
my $escaping = qr/\b(?:url|paragraphs|link)\s*\(/;
my $literal = qr/"[^"]*"|'[^']*'/;
my $nested = qr/(\((?:[^()]++|(?1))*\))/;

# The expression with blanks for the text of its literals, so that nothing in
# a text is taken for code. Everything else stays at its place.
sub bare {
	my ($expression) = @_;

	return $expression =~ s/$literal/'"' . ' ' x (length($&) - 2) . '"'/ger;
}

sub check_texts {
	my ($name, $n, $arguments) = @_;
	my @texts;

	while (@texts < $n && $arguments =~ /\G\s*($literal)\s*[,)]/gc) {
		push @texts, $1;
	}
	complain("the text of $name() is written out", $arguments) if @texts < $n;
	for (@texts) {
		complain('an empty text cannot be translated', $_) if /^..$/;
		complain('no $ and no \ in a text: xgettext reads it as PHP', $_)
			if /[\$\\]/;
	}
}

# What every expression must obey, wherever it stands.
sub check_expression {
	my ($expression) = @_;
	my $bare = bare($expression);

	while ($bare =~ /([A-Za-z_][\w.]*)\s*\(/g) {
		if (exists $functions{$1}) {
			check_texts($1, $functions{$1}, substr($expression, $+[0]));
		} else {
			complain("$1() is not a function for templates", $expression);
		}
	}
}

# What is printed: url(), link() and paragraphs() turn escaping off for all
# of their var, so they are all of it.
sub check_printed {
	my ($expression) = @_;
	my $bare = bare($expression);

	return unless $bare =~ $escaping;
	$bare =~ /^\s*\w+\s*$nested\s*$/ && substr($1, 1) !~ $escaping
		or complain('url(), link() and paragraphs() stand alone in a var', $expression);
}

sub check_unprinted {
	my ($expression) = @_;

	complain('url(), link() and paragraphs() belong into a var', $expression)
		if bare($expression) =~ $escaping;
}

sub check_include {
	my ($name) = @_;
	my ($ending) = $file =~ /(\.\w+\.cs)$/;

	return complain('include!"parts/name' . $ending . '" by a literal', $name)
		if $name !~ /^!"((?:[a-z0-9_]+\/)*[a-z0-9_.]+\Q$ending\E)"$/;
	complain('no such part', $name) unless -f "templates/$1";
}

# The word of a command, after checking it; '' for one that is forbidden.
sub command {
	my ($code) = @_;

	$code =~ s/^\s+|\s+$//g;
	return '#' if $code =~ /^#/;
	return $1 if $code =~ m{^(else|/(?:if|each|loop|with|def))$};
	my ($word, $rest) = $code =~ /^([a-z]+)([:!].*)$/s;
	if (!defined $word ||
	    $word !~ /^(?:var|if|elif|each|loop|with|set|def|call|include)$/) {
		complain('this command is not for templates', $code);
		return '';
	}
	if ($word eq 'include') {
		check_include($rest);
		return $word;
	}
	complain("write $word:", $code) unless $rest =~ s/^://;
	if ($word eq 'def') {
		complain('def:name(arguments)', $code)
			unless $rest =~ /^[a-z]\w{0,63}\([\w, ]*\)$/;
		return $word;
	}
	$rest =~ s/^\s*[a-z]\w*\s*(?=\()// if $word eq 'call';
	check_expression($rest);
	$word eq 'var' ? check_printed($rest) : check_unprinted($rest);
	return $word;
}

# --- Markup -----------------------------------------------------------------

# Where we are: `place` is text, tag, value (of an attribute), comment or
# script. In a value, `anchor` says what the address in it is known to be:
# '' nothing yet, 'ours', or 'foreign' (http, mailto).
my %at;

# The commands that are open: { word, at, else, unknown }.
my @open;

my $address = qr/^(?:href|src|action|formaction|poster|cite|data|background|ping|xlink:href)$/;
# Attributes whose values are read by people.
my $spoken = qr/^(?:title|alt|placeholder|aria-label|aria-description|label)$/;

# Mail programs know no security policy of ours, and only styles in the letter.
sub is_mail {
	return $file =~ m{^templates/(?:mail/|parts/mail_)};
}

sub in_macro {
	return grep { $_->{word} eq 'def' } @open;
}

sub check_words {
	my ($text) = @_;

	# A macro may write a class or a part of an id.
	return if in_macro() && $text =~ /^[\sa-z0-9_-]*$/;
	$text =~ s/&#?\w+;//g;
	$text =~ s/\bAftersale\b//g;
	complain('words go through _()', $text) if $text =~ /\p{L}{2}/;
}

sub begin_value {
	my ($name, $back) = @_;

	$at{src} = 1 if $name eq 'src';
	%at = (%at, place => 'value', back => $back, attribute => $name, anchor => '');
	complain('the security policy forbids handlers', $name) if $name =~ /^on/i;
	complain('the security policy forbids styles', $name) if $name =~ /^style$/i;
	complain('this attribute is not for templates', $name)
		if $name =~ /^(?:srcdoc|srcset)$/i;
	complain('attributes are in lower case', $name) if $name =~ /[A-Z]/;
}

sub end_tag {
	my $tag = $at{tag};

	complain('the security policy forbids styles', '<style>')
		if $tag eq 'style' && !is_mail();
	complain('this would move all addresses', '<base>') if $tag eq 'base';
	complain('the security policy forbids scripts without src', '<script>')
		if $tag eq 'script' && !$at{src};
	%at = (place => $tag =~ /^(?:script|style)$/ ? 'script' : 'text', tag => $tag);
}

# Each of these takes a piece off the text at $_[0].
my %walk = (
	text => sub {
		return if $_[0] =~ s/^<!doctype html>//i;
		if ($_[0] =~ s/^<!--//) {
			$at{place} = 'comment';
		} elsif ($_[0] =~ s{^<(/?[a-zA-Z][\w-]*)}{}) {
			%at = (place => 'tag', tag => lc $1, src => 0);
		} elsif (in_macro() && $_[0] =~ s/^\s+([\w:-]+)="//) {
			begin_value($1, 'text');	# for a tag elsewhere
		} elsif ($_[0] =~ s/^([^<]+?)(?=<|\s[\w:-]+="|\z)//s) {
			my $text = $1;

			complain('quote the value of an attribute', $text)
				if $text =~ /\s[a-z-]+='?$/;
			check_words($text);
		} else {
			complain('write &lt;', $_[0]);
			$_[0] =~ s/^.//s;
		}
	},
	tag => sub {
		return if $_[0] =~ s/^\s+// || $_[0] =~ s{^[\w:-]+(?=[\s>/]|$)}{};
		if ($_[0] =~ s{^/?>}{}) {
			end_tag();
		} elsif ($_[0] =~ s/^([\w:-]+)="//) {
			begin_value($1, 'tag');
		} else {
			complain('write name="value"', $_[0]);
			$_[0] =~ s/^[^\s>]*[\s>]?//;
		}
	},
	value => sub {
		value_text($1) if $_[0] =~ s/^([^"]+)//;
		$at{place} = $at{back} if $_[0] =~ s/^"//;
	},
	comment => sub {
		$_[0] =~ s/^.*?(-->|\z)//s;
		$at{place} = 'text' if $1;
	},
	script => sub {
		my ($inside) = $_[0] =~ s{^(.*?)(?=</\Q$at{tag}\E>|\z)}{}s ? $1 : '';

		complain('the security policy forbids this', $inside)
			if $inside =~ /\S/ && !($at{tag} eq 'style' && is_mail());
		$at{place} = 'text' if $_[0];
	},
);

# Follows the text to its end; where that is, is in %at.
sub walk {
	my ($text) = @_;

	while (length $text) {
		my $before = $text;

		$walk{$at{place}}->($text);
		$line += substr($before, 0, length($before) - length($text)) =~ tr/\n//;
	}
}

sub value_text {
	my ($text) = @_;

	check_words($text) if $at{attribute} =~ $spoken;
	return if $at{attribute} !~ $address || $at{anchor} || $text !~ /\S/;
	$at{anchor} = $text =~ m{^(?:https?://|mailto:)} ? 'foreign' : 'ours';
	# A mail shows what it brings along (RFC 2392).
	complain('an address begins with a value of Url', $text)
		unless $text =~ m{^(?:https?://|mailto:|[#?])}
		|| ($text eq 'cid:' && is_mail());
}

sub value_var {
	my ($expression) = @_;

	return if $at{attribute} !~ $address;
	if ($at{anchor} eq '') {
		complain('an address is var:Url.name or var:link(x)', $expression)
			if $expression !~ /^\s*(?:Url\.\w+\s*$|link\s*\()/;
		$at{anchor} = 'ours';
	} elsif ($at{anchor} eq 'foreign') {
		complain('in an address of others write url(x)', $expression)
			if $expression !~ /^\s*url\s*\(/;
	}
}

# A command that prints stands in a text or in a value.
sub check_place {
	my ($word, $code) = @_;

	return if $word !~ /^(?:var|call|include)$/ || $at{place} eq 'text';
	if ($at{place} eq 'value') {
		value_var($1) if $code =~ /^\s*var:(.*)$/s;
		complain('the address is written here, not by a macro', $code)
			if $word eq 'call' && $at{attribute} =~ $address && !$at{anchor};
	} elsif ($at{place} ne 'tag' || $word eq 'var') {
		complain("nothing is printed in a $at{place}", $code);
	}
}

# --- Branches and loops -----------------------------------------------------

# They begin and end at the same place of the markup; otherwise the data would
# decide in what a value stands.
sub end_branch {
	my ($top, $code) = @_;
	my %start = %{$top->{at}};

	complain('begins and ends at different places of the markup', $code)
		if $at{place} ne $start{place}
		|| ($at{place} eq 'value' && $at{attribute} ne $start{attribute});
	$top->{unknown} ||= !$at{anchor};
}

sub nest {
	my ($word, $code) = @_;
	my $top = $open[-1];

	if ($word =~ /^(?:if|each|loop|with|def)$/) {
		push @open, { word => $word, at => { %at } };
	} elsif ($word =~ m{^(?:elif|else|/.*)$}) {
		return complain('closes nothing', $code)
			unless $top && $word =~ ($top->{word} eq 'if' ?
				qr{^(?:elif|else|/if)$} : qr{^/$top->{word}$});
		end_branch($top, $code);
		$top->{else} ||= $word eq 'else';
		if ($word !~ m{^/} || !$top->{else}) {
			%at = %{$top->{at}};	# it may not have happened
		} elsif ($top->{unknown}) {
			$at{anchor} = '';
		}
		pop @open if $word =~ m{^/};
	}
}

# --- Templates --------------------------------------------------------------

sub check_template {
	my ($text) = @_;
	my $html = $file =~ /\.html\.cs$/;

	%at = (place => 'text');
	@open = ();
	$line = 1;
	while ($text =~ /\G(.*?)<\?cs(.*?)\?>/gcs) {
		my ($before, $code) = ($1, $2);

		$html ? walk($before) : ($line += $before =~ tr/\n//);
		my $word = command($code);
		check_place($word, $code) if $html;
		nest($word, $code);
		$line += $code =~ tr/\n//;
	}
	my $rest = $text =~ /\G(.+)/s ? $1 : '';
	complain('a command has no end', $rest) if $rest =~ /<\?cs/;
	walk($rest) if $html;
	complain("the markup ends in a $at{place}", $rest) if $at{place} ne 'text';
	complain("$open[-1]{word} has no end", $rest) if @open;
}

my @files;
find({ no_chdir => 1, wanted => sub { push @files, $_ if /\.cs$/ } }, 'templates');
for (sort @files) {
	($file, $line) = ($_, 1);
	complain('a name ends in .html.cs or .txt.cs', $_)
		unless m{^templates/(?:[a-z0-9_]+/)*[a-z0-9_.]+\.(?:html|txt)\.cs$};
	open(my $in, '<', $_) or die "$_: $!\n";
	check_template(do { local $/; <$in> } // '');
	close($in);
}
exit($complaints > 0);
