@echo off
rem Starts run-report in the folder where this file lies: by a double click, or with a command, "run-report.cmd check".
rem A double click in a folder without config.toml begins there (run-report init).
rem In the program's own folder it first installs the program for this user, in %LOCALAPPDATA%\run-report.
rem ASCII only: cmd reads this file in the console's code page. What is to be said in Russian, Python says.
setlocal EnableExtensions DisableDelayedExpansion
set "CODE=1"
set "CODE_PAGE="
for /f "tokens=2 delims=:." %%P in ('chcp') do set "CODE_PAGE=%%P"
chcp 65001 >nul
set "PYTHONUTF8=1"
set "PYTHONHOME="
set "PYTHONPATH="
set "PLACE=%LOCALAPPDATA%\run-report\program"
set "PROGRAM=%PLACE%\Scripts\python.exe"

rem Where the folder is a network one (\\server\share), pushd gives it a drive letter; cd could not enter it.
pushd "%~dp0" || goto no_folder
if not exist "pipeline\cli\install.py" goto start

rem 64 bits: the libraries are not made for 32.
set "WANTED=import sys; sys.exit(sys.version_info < (3, 11) or sys.maxsize < 2**32)"
set "PYTHON=py -3"
%PYTHON% -c "%WANTED%" >nul 2>nul && goto install
set "PYTHON=python"
%PYTHON% -c "%WANTED%" >nul 2>nul && goto install
goto no_python

:install
%PYTHON% -m pipeline.cli.install "%PLACE%" && goto start
goto end

:start
if not exist "%PROGRAM%" goto no_program
set "BEGIN="
if "%~1"=="" if not exist "config.toml" set "BEGIN=init"
rem -P: a file of this folder is never taken for a part of Python.
"%PROGRAM%" -P -m pipeline.cli %BEGIN% %*
set "CODE=%ERRORLEVEL%"
goto end

:no_folder
echo Papka, v kotoroy lezhit etot fayl, nedostupna.
echo The folder of this file can't be entered.
goto end

:no_python
echo Na etom kompyutere net Python 3.11 ili novee (64-bit). Ustanovite ego i zapustite etot fayl eshchyo raz:
echo This computer has no Python 3.11 or newer (64-bit). Install it and start this file again:
echo https://www.python.org/downloads/windows/
goto end

:no_program
echo Programma na etom kompyutere eshchyo ne ustanovlena. Zapustite odin raz run-report.cmd v papke samoy programmy.
echo The program is not installed on this computer yet. Start run-report.cmd in the program's own folder once.
goto end

:end
popd
rem Without arguments it was a double click: the window would close before it is read.
if "%~1"=="" pause
if defined CODE_PAGE chcp %CODE_PAGE% >nul
endlocal & exit /b %CODE%
