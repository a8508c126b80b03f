"""Text that would run, or break out of its place, wherever it is taken for markup."""

HOSTILE = '</script><img src=x onerror="window.ran=1"><!--<script>\'"&{{ 7*7 }}'
