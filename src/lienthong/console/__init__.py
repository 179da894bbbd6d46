"""The console command `lienthong`: set up, run, look after and test one deployment."""

from lienthong.console.line import main

__all__ = ["main"]
