from lienthong.console.line import main

if __name__ == "__main__":
    raise SystemExit(main())
